/*
 * What the browser adds to pages that work without it: the address follows the search box, keys move through the
 * results, and changes are announced. htmx swaps `<body>` when someone goes back, so every listener sits on the document.
 */
(() => {
  /** Quiet time after which a change of the results is read out, in milliseconds. */
  const announceDelay = 600;

  // Only htmx may turn text into elements, and what it swaps in never brings code along.
  if (window.trustedTypes) {
    const policy = window.trustedTypes.createPolicy('htmx', { createHTML: (text) => text, createScript: () => '' });
    window.htmx?.registerExtension('lede', { init: (api) => api.initSecurity(policy) });
  }

  const box = () => document.getElementById('q');
  const hitTitles = () => [...document.querySelectorAll('a.hit-title')];

  // htmx 4.0.1 swallows clicks that are meant to open a new tab or window.
  document.addEventListener(
    'click',
    (event) => {
      const opensElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
      if (opensElsewhere && event.target.closest?.('a[href]')) event.stopPropagation();
    },
    true,
  );

  // Back to the very results, filters and page included, where this page was opened from them.
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a#back');
    if (!link || !document.referrer) return;
    const referrer = new URL(document.referrer);
    if (referrer.origin === location.origin && referrer.pathname === '/') link.href = referrer.href;
  });

  // Keys replace the address, everything else adds to the history. That someone types is told to the server only.
  document.addEventListener('htmx:config:request', (event) => {
    const { ctx } = event.detail;
    if (ctx.sourceElement.id !== 'search') return;
    if (ctx.sourceEvent?.isComposing) {
      event.preventDefault();
      return;
    }
    const { body } = ctx.request;
    for (const [name, value] of [...body]) if (value === '') body.delete(name);
    const query = new URLSearchParams([...body]).toString();
    const address = query === '' ? '/' : `/?${query}`;
    const isTyping = ['input', 'compositionend'].includes(ctx.sourceEvent?.type);
    const hasMoved = address !== location.pathname + location.search;
    ctx.replace = isTyping || !hasMoved ? address : null;
    ctx.push = isTyping || !hasMoved ? null : address;
    if (isTyping) body.set('typing', 'on');
  });

  document.addEventListener('htmx:before:request', () => {
    document.getElementById('results')?.setAttribute('aria-busy', 'true');
    showFailure('');
  });

  document.addEventListener('htmx:finally:request', () => {
    document.getElementById('results')?.removeAttribute('aria-busy');
  });

  document.addEventListener('htmx:error', () => {
    showFailure('The service cannot be reached. Your words are kept; the results are those of before.');
  });

  function showFailure(text) {
    const failure = document.getElementById('failure');
    if (!failure) return;
    failure.textContent = text;
    failure.hidden = text === '';
  }

  let announcing = 0;
  document.addEventListener('htmx:after:swap', () => {
    clearTimeout(announcing);
    announcing = setTimeout(announce, announceDelay);
  });

  function announce() {
    const live = document.getElementById('live');
    const text = document.getElementById('count')?.textContent?.trim() ?? '';
    // The same words again are read only if the text differs.
    if (live) live.textContent = live.textContent === text ? `${text}\u00a0` : text;
  }

  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if (isCallForBox(event)) {
      event.preventDefault();
      box()?.focus();
      box()?.select();
    } else if (event.key === 'Escape' && event.target === box()) {
      event.preventDefault();
      leaveBox();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (walkHits(event)) event.preventDefault();
    }
  });

  function isCallForBox(event) {
    const hasCommand = event.ctrlKey || event.metaKey;
    if (event.key.toLowerCase() === 'k') return hasCommand && !event.altKey && !event.shiftKey;
    return event.key === '/' && !hasCommand && !event.altKey && !isWriting(event.target);
  }

  function isWriting(element) {
    return element.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName);
  }

  /** Empties the box first; leaves it when it is empty. */
  function leaveBox() {
    if (box().value === '') {
      box().blur();
      return;
    }
    box().value = '';
    box().dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** From the box to the first result, from one to the next, and back up. False where the key means something else. */
  function walkHits(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    const titles = hitTitles();
    const isDown = event.key === 'ArrowDown';
    const place = event.target === box() ? -1 : titles.indexOf(event.target);
    if (place === -1 && !(event.target === box() && isDown)) return false;
    const next = isDown ? titles[place + 1] : place === 0 ? box() : titles[place - 1];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
    return next !== undefined;
  }

  // Styles show keyboard hints and hide the buttons that only pages without script need.
  document.documentElement.classList.add('scripted');
})();
