"""Every way that a page can call on a third party, none of them marked for any consent tool.

``{u}`` is the tracker's own address, ``{h}`` its host with port, ``{n}`` its name. Each entry is
markup, or with a leading ``js:`` a script's text.
"""

# ruff: noqa: E501 - markup reads better in one piece
from __future__ import annotations

MARKUP: dict[str, str] = {
    # scripts
    "script": '<script src="{u}.js"></script>',
    "script-async": '<script async src="{u}.js"></script>',
    "script-defer": '<script defer src="{u}.js"></script>',
    "script-module": '<script type="module" src="{u}.js"></script>',
    "module-import": '<script type="module">import "{u}.js";</script>',
    "dynamic-import": 'js:import("{u}.js").catch(() => 0);',
    "script-created": 'js:const s = document.createElement("script"); s.src = "{u}.js";'
    "document.head.append(s);",
    "document-write-script": "js:document.write('<script src=\"{u}.js\"><\\/script>');",
    "svg-script": '<svg><script href="{u}.js"></script></svg>',
    "contextual-fragment": "js:document.head.append(document.createRange()"
    ".createContextualFragment('<script src=\"{u}.js\"><\\/script>'));",
    "inline-handler": '<img src="/own.png" alt="" onload="new Image().src=\'{u}.png\'">',
    "error-handler": '<img src="/absent.png" alt="" onerror="this.onerror=null;this.src=\'{u}.png\'">',
    "own-script": '<script src="/first-party.js?u={u}.png"></script>',
    "eval": "js:eval(\"fetch('{u}.json')\");",
    # images
    "img": '<img src="{u}.png" alt="">',
    "img-lazy": '<img loading="lazy" src="{u}.png" alt="" width="1" height="1">',
    "srcset": '<img srcset="{u}.png 1x" alt="">',
    "picture": '<picture><source srcset="{u}.png"><img src="/own.png" alt=""></picture>',
    "new-image": 'js:new Image().src = "{u}.png";',
    "input-image": '<input type="image" src="{u}.png" alt="">',
    "inner-html": "js:const d = document.createElement('div'); d.innerHTML = '<img src=\"{u}.png\">';",
    "document-write-img": "js:document.write('<img src=\"{u}.png\">');",
    "background-attribute": '<table background="{u}.png"><tr><td>.</td></tr></table>',
    "svg-image": '<svg width="2" height="2"><image href="{u}.png" width="2" height="2"/></svg>',
    "svg-feimage": '<svg width="9" height="9"><filter id="f{n}"><feImage href="{u}.png"/></filter>'
    '<rect width="9" height="9" filter="url(#f{n})"/></svg>',
    "redirect-img": '<img src="/go?to={u}.png" alt="">',
    "template-clone": '<template id="t{n}"><img src="{u}.png" alt=""></template>'
    "<script>document.body.append(document.getElementById('t{n}').content.cloneNode(true));</script>",
    "late-timer": 'js:setTimeout(() => {{ new Image().src = "{u}.png"; }}, 300);',
    "late-interval": 'js:const i = setInterval(() => {{ clearInterval(i); fetch("{u}.json"); }}, 200);',
    "idle": 'js:requestIdleCallback(() => {{ new Image().src = "{u}.png"; }});',
    "animation-frame": 'js:requestAnimationFrame(() => {{ new Image().src = "{u}.png"; }});',
    # styles
    "stylesheet": '<link rel="stylesheet" href="{u}.css">',
    "stylesheet-created": 'js:const l = document.createElement("link"); l.rel = "stylesheet";'
    'l.href = "{u}.css"; document.head.append(l);',
    "css-import": '<style>@import "{u}.css";</style>',
    "own-css-import": '<link rel="stylesheet" href="/import.css?u={u}.css">',
    "css-background": '<style>#b{n} {{ background: url("{u}.png"); }}</style><p id="b{n}">.</p>',
    "inline-style": '<p style="background-image:url({u}.png)">.</p>',
    "css-variable": '<p id="v{n}" style="background:var(--b)">.</p><script>document.getElementById'
    "('v{n}').style.setProperty('--b', 'url({u}.png)');</script>",
    "css-image-set": '<p style="background-image:image-set(url({u}.png) 1x)">.</p>',
    "css-content": '<style>#c{n}::before {{ content: url("{u}.png"); }}</style><p id="c{n}">.</p>',
    "css-border-image": '<p style="border:1px solid;border-image:url({u}.png) 1">.</p>',
    "css-list": '<ul style="list-style-image:url({u}.png)"><li>.</li></ul>',
    "css-mask": '<p style="-webkit-mask-image:url({u}.png);mask-image:url({u}.png)">.</p>',
    "css-keyframes": '<style>@keyframes k{n} {{ to {{ background: url("{u}.png"); }} }}'
    '#k{n} {{ animation: k{n} .2s forwards; }}</style><p id="k{n}">.</p>',
    "font-face": '<style>@font-face {{ font-family: "f{n}"; src: url("{u}.woff2"); }}</style>'
    "<p style=\"font-family:'f{n}'\">letters</p>",
    "font-api": 'js:new FontFace("g{n}", "url({u}.woff2)").load().catch(() => 0);',
    "shadow-style": '<div><template shadowrootmode="open"><style>p {{ background: url("{u}.png"); }}'
    "</style><p>.</p></template></div>",
    "shadow-image": '<div><template shadowrootmode="open"><img src="{u}.png" alt=""></template></div>',
    "constructed-sheet": "js:const s = new CSSStyleSheet(); s.replaceSync("
    "'h1 {{ background-image: url({u}.png); }}'); document.adoptedStyleSheets = [s];",
    # frames and plug-ins
    "iframe": '<iframe src="{u}.html"></iframe>',
    "iframe-created": 'js:const f = document.createElement("iframe"); f.src = "{u}.html";'
    "document.documentElement.append(f);",
    "iframe-moved": '<iframe id="m{n}" src="/blank.html"></iframe><script>document.getElementById'
    "('m{n}').onload = function () {{ this.onload = null; this.src = '{u}.html'; }};</script>",
    "iframe-inserted": "js:document.documentElement.insertAdjacentHTML('beforeend',"
    "'<iframe src=\"{u}.html\"></iframe>');",
    "srcdoc": "<iframe srcdoc=\"<img src='{u}.png'>\"></iframe>",
    "data-frame": "<iframe src=\"data:text/html,<img src='{u}.png'>\"></iframe>",
    "blob-frame": "js:const f = document.createElement('iframe'); f.src = URL.createObjectURL("
    "new Blob(['<img src=\"{u}.png\">'], {{ type: 'text/html' }})); document.documentElement.append(f);",
    "blank-frame": "js:const f = document.createElement('iframe'); document.documentElement.append(f);"
    "f.contentDocument.body.innerHTML = '<img src=\"{u}.png\">';",
    "own-frame": '<iframe src="/frame.html?u={u}.png"></iframe>',
    "redirect-frame": '<iframe src="/go?to={u}.html"></iframe>',
    "object": '<object data="{u}.html" type="text/html"></object>',
    "embed": '<embed src="{u}.html" type="text/html">',
    "svg-document": '<object data="/drawing.svg?u={u}.png" type="image/svg+xml"></object>',
    # sent by scripts
    "fetch": 'js:fetch("{u}.json").catch(() => 0);',
    "fetch-no-cors": 'js:fetch("{u}.json", {{ mode: "no-cors" }}).catch(() => 0);',
    "fetch-keepalive": 'js:fetch("{u}.json", {{ keepalive: true }}).catch(() => 0);',
    "fetch-redirect": 'js:fetch("/go?to={u}.json").catch(() => 0);',
    "xhr": 'js:const x = new XMLHttpRequest(); x.open("GET", "{u}.json"); x.send();',
    "xhr-post": 'js:const x = new XMLHttpRequest(); x.open("POST", "{u}.json"); x.send("a=1");',
    "beacon": 'js:navigator.sendBeacon("{u}.json", "a");',
    "beacon-leaving": 'js:addEventListener("pagehide", () => navigator.sendBeacon("{u}.json", "a"));',
    "websocket": 'js:new WebSocket("ws://{h}/t/{n}.ws");',
    "event-source": 'js:new EventSource("{u}.events");',
    "ping": '<a id="p{n}" href="#" ping="{u}.json">.</a>'
    "<script>document.getElementById('p{n}').click();</script>",
    "form-post": '<iframe name="w{n}"></iframe><form id="w{n}f" target="w{n}" method="post" '
    'action="{u}.html"></form><script>document.getElementById("w{n}f").submit();</script>',
    "form-get": '<iframe name="w{n}"></iframe><form id="w{n}f" target="w{n}" action="{u}.html">'
    '</form><script>document.getElementById("w{n}f").submit();</script>',
    # hints
    "prefetch": '<link rel="prefetch" href="{u}.html">',
    "preload-script": '<link rel="preload" as="script" href="{u}.js">',
    "preload-image": '<link rel="preload" as="image" href="{u}.png">',
    "preload-font": '<link rel="preload" as="font" crossorigin href="{u}.woff2">',
    "preload-style": '<link rel="preload" as="style" href="{u}.css">',
    "modulepreload": '<link rel="modulepreload" href="{u}.js">',
    "icon": '<link rel="icon" href="{u}.png">',
    "manifest": '<link rel="manifest" href="{u}.json">',
    "speculation": '<script type="speculationrules">{{"prefetch":[{{"source":"list",'
    '"urls":["{u}.html"],"eagerness":"immediate"}}]}}</script>',
    # media
    "poster": '<video poster="{u}.png" width="2" height="2"></video>',
    "video": '<video src="{u}.mp4" preload="auto"></video>',
    "video-source": '<video preload="auto"><source src="{u}.mp4"></video>',
    "audio": '<audio src="{u}.mp3" preload="auto"></audio>',
    "audio-object": 'js:new Audio("{u}.mp3").preload = "auto";',
    "track": '<video crossorigin src="/own.mp4" preload="auto"><track default kind="subtitles" '
    'src="{u}.vtt"></video>',
    # workers
    "worker-import": 'js:new Worker("/worker.js?import={u}.js");',
    "worker-fetch": 'js:new Worker("/worker.js?fetch={u}.json");',
    "shared-worker": 'js:new SharedWorker("/worker.js?fetch={u}.json");',
    "blob-worker": "js:new Worker(URL.createObjectURL(new Blob(['fetch(\"{u}.json\")'])));",
    "data-worker": "js:new Worker('data:text/javascript,fetch(\"{u}.json\")');",
}
STATS = frozenset(list(MARKUP)[::3])
"""A third of them belong to the purpose of statistics, the others to marketing."""


def markup(stats: str, marketing: str) -> dict[str, str]:
    """What stands in the page for each, given the hosts with ports of the two vendors."""
    return {name: _written(name, stats if name in STATS else marketing) for name in MARKUP}


def _written(name: str, host: str) -> str:
    text = MARKUP[name].format(u=f"http://{host}/t/{name}", h=host, n=name)
    if text.startswith("js:"):
        return f"<script>{{{text[3:]}}}</script>"
    return text
