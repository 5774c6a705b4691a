//! Styles, icons and browser parts: read once, served from memory, kept by browsers for a year under a name that changes
//! with the content.

use std::{collections::HashMap, fs, path::Path};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest, Sha256};

struct Kept {
    mime: &'static str,
    plain: Bytes,
    brotli: Option<Bytes>,
}

/// The files of one build.
#[derive(Default)]
pub struct SiteFiles {
    files: HashMap<String, Kept>,
    digest: String,
}

impl SiteFiles {
    /// Reads a folder; `name.br` beside `name` is the same compressed. A missing folder gives no files.
    pub fn load(folder: &Path) -> Self {
        let mut site = Self::default();
        let mut entries: Vec<_> = fs::read_dir(folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.is_file())
            .collect();
        entries.sort();
        let mut digest = Sha256::new();
        for path in entries {
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let Some(mime) = mime(name) else { continue };
            let Ok(plain) = fs::read(&path) else { continue };
            digest.update(name);
            digest.update(&plain);
            let brotli = fs::read(folder.join(format!("{name}.br"))).ok().map(Bytes::from);
            site.files.insert(name.to_owned(), Kept { mime, plain: plain.into(), brotli });
        }
        site.digest = digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        site
    }

    /// Where they are, such as `/assets/1a2b3c4d5e6f`.
    pub fn base(&self) -> String {
        format!("/assets/{}", self.digest)
    }

    /// One file.
    pub fn serve(&self, digest: &str, name: &str, headers: &HeaderMap) -> Response {
        let Some(kept) = self.files.get(name).filter(|_| digest == self.digest) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let takes_brotli = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.split(',').any(|coding| coding.trim().starts_with("br")));
        let mut response = match (&kept.brotli, takes_brotli) {
            (Some(brotli), true) => {
                let mut response = brotli.clone().into_response();
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
                response
            }
            _ => kept.plain.clone().into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kept.mime));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        response
    }
}

fn mime(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        _ => return None,
    })
}
