//! Styles, icons and the browser part into `target/site`, compressed. Nothing but crates is needed for it.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use wasm_bindgen_cli_support::Bindgen;

use crate::shell::{Outcome, cargo, root, run, say};

/// Where they go.
pub(crate) fn folder() -> PathBuf {
    root().join("target/site")
}

/// Builds all of it.
pub(crate) fn build() -> Outcome {
    let out = folder();
    fs::create_dir_all(&out).map_err(|error| error.to_string())?;
    styles(&out)?;
    for entry in fs::read_dir(root().join("public")).map_err(|error| error.to_string())?.flatten() {
        fs::copy(entry.path(), out.join(entry.file_name())).map_err(|error| error.to_string())?;
    }
    browser(&out)?;
    compress(&out)?;
    // A parent on an old phone waits for them: they may grow, but not beyond this.
    for (module, most) in [("checker", 250_000), ("miis", 80_000)] {
        let size = |name: String| fs::metadata(out.join(name)).map_or(0, |file| file.len());
        let whole = size(format!("{module}_bg.wasm.br")) + size(format!("{module}.js.br"));
        if whole > most {
            return Err(format!("{module} with its script is {whole} bytes (brotli), and may be {most}"));
        }
    }
    Ok(())
}

/// `style/main.css` with its imports put in their places, comments and blanks taken out.
fn styles(out: &Path) -> Outcome {
    let folder = root().join("style");
    let read = |name: &str| fs::read_to_string(folder.join(name)).map_err(|error| format!("style/{name}: {error}"));
    let mut css = String::new();
    for line in read("main.css")?.lines() {
        if let Some(name) = line.strip_prefix("@import \"").and_then(|rest| rest.strip_suffix("\";")) {
            css.push_str(&read(name)?);
        }
    }
    let mut plain = String::new();
    let mut rest = css.as_str();
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, behind)| behind);
    }
    plain.push_str(rest);
    let plain: String = plain.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    fs::write(out.join("style.css"), plain).map_err(|error| error.to_string())
}

fn browser(out: &Path) -> Outcome {
    say("Adding the wasm target and building the browser part (the first time takes some minutes)");
    if run("rustup", &["target", "add", "wasm32-unknown-unknown"]).is_err() {
        eprintln!("rustup is not here: the wasm target must be installed already");
    }
    module(out, "hydrate", "miis")?;
    // By itself: only the page that checks vaccines loads it.
    module(out, "checker", "checker")
}

/// Builds a package for the browser, under a name.
fn module(out: &Path, package: &str, name: &str) -> Outcome {
    cargo(&["build", "--package", package, "--target", "wasm32-unknown-unknown", "--profile", "browser"])?;
    let wasm = root().join(format!("target/wasm32-unknown-unknown/browser/{package}.wasm"));
    Bindgen::new()
        .input_path(wasm)
        .out_name(name)
        .web(true)
        .and_then(|bindgen| {
            bindgen.typescript(false).remove_name_section(true).remove_producers_section(true).generate(out)
        })
        .map_err(|error| format!("wasm-bindgen: {error:#}"))?;
    // Smaller by a tenth or so where binaryen is installed; not needed.
    let module = out.join(format!("{name}_bg.wasm"));
    if crate::shell::is_there("wasm-opt") {
        let path = module.to_string_lossy().into_owned();
        run("wasm-opt", &["-Oz", "--all-features", &path, "-o", &path])?;
    }
    Ok(())
}

/// A `.br` beside every file, as small as brotli can make it.
fn compress(out: &Path) -> Outcome {
    for entry in fs::read_dir(out).map_err(|error| error.to_string())?.flatten() {
        let path = entry.path();
        if !path.is_file() || path.extension().is_some_and(|end| end == "br") {
            continue;
        }
        let plain = fs::read(&path).map_err(|error| error.to_string())?;
        let mut small = Vec::new();
        let mut writer = brotli::CompressorWriter::new(&mut small, 1 << 16, 11, 22);
        writer.write_all(&plain).and_then(|()| writer.flush()).map_err(|error| error.to_string())?;
        drop(writer);
        let name = format!("{}.br", entry.file_name().to_string_lossy());
        fs::write(out.join(&name), &small).map_err(|error| error.to_string())?;
        eprintln!("   {name}: {} bytes", small.len());
    }
    Ok(())
}
