//! Embeds what `make` put into the folder named by `CAMPUS_SITE`: each file under a name with its hash, and compressed.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=CAMPUS_SITE");
    println!("cargo:rerun-if-changed=../style");
    println!("cargo:rerun-if-changed=scripts");
    if env::var_os("CARGO_FEATURE_SSR").is_none() {
        return Ok(());
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut table = String::from("static ASSETS: &[Asset] = &[\n");
    let files = files()?;
    for (name, path) in &files {
        println!("cargo:rerun-if-changed={}", path.display());
        let mut bytes = fs::read(path)?;
        if name.ends_with(".css") {
            bytes = with_hashed_fonts(&bytes, &files)?;
        }
        let compressed = compress(name, &bytes)?;
        fs::write(out.join(format!("{name}.br")), &compressed)?;
        fs::write(out.join(name), &bytes)?;
        let media_type = media_type(name);
        let hashed = hashed(name, &bytes);
        let _ = writeln!(
            table,
            "Asset {{ name: {name:?}, hashed: {hashed:?}, media_type: {media_type:?}, bytes: include_bytes!({:?}), brotli: include_bytes!({:?}) }},",
            out.join(name),
            out.join(format!("{name}.br")),
        );
    }
    table.push_str("];\n");
    fs::write(out.join("assets.rs"), table)
}

/// What `make` gathered, and the scripts that need no compiler; without `make`, the style in its place: enough for tests that look at
/// no island.
fn files() -> io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    if let Some(site) = env::var_os("CAMPUS_SITE").map(PathBuf::from).filter(|site| site.is_dir()) {
        println!("cargo:rerun-if-changed={}", site.display());
        add(&site, &mut files)?;
    } else {
        add(Path::new("../style"), &mut files)?;
        add(Path::new("../style/fonts"), &mut files)?;
    }
    add(Path::new("scripts"), &mut files)?;
    files.sort();
    Ok(files)
}

fn add(folder: &Path, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_wanted = path.extension().is_some_and(|end| ["css", "svg", "woff2", "js", "wasm"].iter().any(|known| end == *known));
        if let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|_| is_wanted) {
            files.push((name.to_owned(), path.clone()));
        }
    }
    Ok(())
}

/// `campus.css` → `campus.1a2b3c4d.css`; `campus_bg.wasm` takes the hash of `campus.js`, next to which Leptos looks for it.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash = |bytes: &[u8]| hex::encode(Sha256::digest(bytes)).chars().take(12).collect::<String>();
    let site = env::var_os("CAMPUS_SITE").map(PathBuf::from).unwrap_or_default();
    if name == "campus_bg.wasm" || name == "campus.js" {
        let both =
            [fs::read(site.join("campus.js")).unwrap_or_default(), fs::read(site.join("campus_bg.wasm")).unwrap_or_default()].concat();
        let hash = hash(&both);
        return if name == "campus.js" { format!("campus.{hash}.js") } else { format!("campus.{hash}_bg.wasm") };
    }
    match name.rsplit_once('.') {
        Some((stem, end)) => format!("{stem}.{}.{end}", hash(bytes)),
        None => name.to_owned(),
    }
}

/// A style sheet whose fonts are named as they are served.
fn with_hashed_fonts(style: &[u8], files: &[(String, PathBuf)]) -> io::Result<Vec<u8>> {
    let mut style = String::from_utf8_lossy(style).into_owned();
    for (name, path) in files.iter().filter(|(name, _)| name.ends_with(".woff2")) {
        let served = hashed(name, &fs::read(path)?);
        style = style.replace(&format!("fonts/{name}"), &served);
    }
    Ok(style.into_bytes())
}

fn compress(name: &str, bytes: &[u8]) -> io::Result<Vec<u8>> {
    if name.ends_with(".woff2") {
        return Ok(Vec::new());
    }
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 64 * 1024, 11, 22);
    writer.write_all(bytes)?;
    Ok(writer.into_inner())
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "font/woff2",
    }
}
