//! What is typed. `xq` marks what is ours: an element, an attribute or a header of that name in an answer was let through.

/// Markup, scripts and addresses, for every place of a page that text may stand in.
const MARKUP: [&str; 24] = [
    "\"><xq onxq=1>",
    "'><xq onxq=1>",
    "</textarea><xq onxq=1>",
    "</title><xq onxq=1>",
    "</script><xq onxq=1>",
    "--><xq onxq=1>",
    "]]><xq onxq=1>",
    "<!><xq onxq=1>",
    "<script>xq()</script>",
    "<img src=x onerror=xq()>",
    "<svg onload=xq()>",
    "<iframe srcdoc='<xq>'>",
    "<base href=//evil.example>",
    "\" autofocus onfocus=xq() x=\"",
    "' autofocus onfocus=xq() x='",
    "x onxq=1",
    "javascript:xq()",
    "java\tscript:xq()",
    "data:text/html,<script>xq()</script>",
    "&lt;xq onxq=1&gt;",
    "&#x3c;xq onxq=1&#x3e;",
    "[x](javascript:xq()) ![x](x\" onerror=\"xq()) <xq>",
    "{{7*7}} ${7*7} <%= 7*7 %> #{7*7}",
    "#read(\"/etc/passwd\") #sys.version $x$ *x* @x <xq>",
];

/// What spreadsheets, headers, mail, files and databases might take for theirs.
const ELSEWHERE: [&str; 21] = [
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "x\r\nxq: 1",
    "x\nSet-Cookie: xq=1",
    "ana@tzoc.example\r\nBcc: xq@evil.example",
    "ana@tzoc.example, xq@evil.example",
    "../../../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "file:///etc/passwd",
    "' OR '1'='1",
    "\" OR \"\"=\"",
    "'; DROP TABLE accounts_people; --",
    "x' UNION SELECT password_hash FROM accounts_people --",
    "%' ESCAPE '!' --",
    "//evil.example/",
    "https://evil.example/",
    "/\\evil.example",
];

/// Letters that are not what they seem, and what no database keeps.
const LETTERS: [&str; 8] = [
    "\u{0}",
    "a\u{0}b",
    "\u{202e}exe.fdp",
    "\u{feff}ana",
    "\u{ff41}\u{ff4e}\u{ff41}",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}",
    "\u{fdfa}\u{fffd}\u{ffff}",
];

/// What is sent in place of what can only be chosen or pressed.
pub fn choices() -> Vec<String> {
    let few = [MARKUP[0], MARKUP[8], MARKUP[16], ELSEWHERE[0], ELSEWHERE[6], ELSEWHERE[10], ELSEWHERE[13], LETTERS[1], ""];
    few.map(str::to_owned).to_vec()
}

/// Everything that is typed.
pub fn corpus() -> Vec<String> {
    let short = MARKUP.into_iter().chain(ELSEWHERE).chain(LETTERS).map(str::to_owned);
    short.chain([String::new(), "x".repeat(60_000), "9".repeat(400), "-9223372036854775809".to_owned()]).collect()
}
