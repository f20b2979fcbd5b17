/// The look of pictures, in the light and in the dark.
enum SVGStyle {
  static let text = """
    <style>
    svg { --ground: #ffffff; --ink: #1f2328; --soft: #59636e; --rim: #8c959f; --box: #f6f8fa; \
    --inner: #ffffff; --good: #1a7f37; --goodbox: #e6f6ea; --bad: #cf222e; --badbox: #ffebe9; \
    --late: #bc4c00; --latebox: #fff1e0; --busy: #0969da; --busybox: #ddf4ff; \
    font-family: system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
    @media (prefers-color-scheme: dark) { svg { --ground: #0d1117; --ink: #e6edf3; --soft: #9198a1; \
    --rim: #656c76; --box: #161b22; --inner: #0d1117; --good: #3fb950; --goodbox: #12261e; \
    --bad: #f85149; --badbox: #2d1517; --late: #db6d28; --latebox: #2b1d11; --busy: #4493f8; \
    --busybox: #121d2f; } }
    rect { fill: var(--box); stroke: var(--rim); stroke-width: 1.2; }
    .ground { fill: var(--ground); stroke: none; }
    .container > rect { fill: var(--inner); }
    .trigger > rect { stroke: var(--busy); }
    .Succeeded > rect { stroke: var(--good); } .action.Succeeded > rect { fill: var(--goodbox); }
    .Failed > rect { stroke: var(--bad); stroke-width: 2; } .action.Failed > rect { fill: var(--badbox); }
    .TimedOut > rect { stroke: var(--late); stroke-width: 2; } .action.TimedOut > rect { fill: var(--latebox); }
    .Running > rect, .Waiting > rect { stroke: var(--busy); stroke-width: 2; }
    .action.Running > rect, .action.Waiting > rect { fill: var(--busybox); }
    .Skipped > rect, .Cancelled > rect { stroke-dasharray: 5 4; }
    .Skipped > text, .Cancelled > text { opacity: 0.6; }
    text { fill: var(--ink); text-anchor: middle; }
    .title { font-size: 18px; font-weight: 600; text-anchor: start; }
    .name { font-size: 13px; font-weight: 600; }
    .detail { font-size: 11px; fill: var(--soft); }
    .state { font-size: 11px; fill: var(--soft); }
    .Succeeded > .state { fill: var(--good); } .Failed > .state { fill: var(--bad); }
    .TimedOut > .state { fill: var(--late); }
    .Running > .state, .Waiting > .state { fill: var(--busy); }
    .container > .name, .container > .detail, .container > .state { text-anchor: start; }
    .branch { font-size: 11px; font-style: italic; fill: var(--soft); }
    .edge { font-size: 10px; } .edge.failure { fill: var(--bad); } .edge.either { fill: var(--soft); }
    .line { fill: none; stroke: var(--rim); stroke-width: 1.3; }
    .line.failure { stroke: var(--bad); stroke-dasharray: 5 3; } .line.either { stroke-dasharray: 2 3; }
    marker path { fill: var(--rim); } #failure path { fill: var(--bad); }
    </style>
    <defs>
    <marker id="success" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>
    <marker id="failure" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>
    <marker id="either" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker>
    </defs>
    """
}
