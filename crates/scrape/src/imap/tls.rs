//! TLS for IMAP: the system's root certificates, and one more where the person names a file.

use std::{path::Path, sync::Arc};

use rustls_platform_verifier::Verifier;
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig,
        crypto::{CryptoProvider, aws_lc_rs},
        pki_types::{CertificateDer, pem::PemObject},
    },
};

use super::ImapError;

/// Why a certificate file is none.
#[derive(Debug, thiserror::Error)]
pub enum BadFile {
    #[error("it is no PEM file with a certificate")]
    Pem(#[source] tokio_rustls::rustls::pki_types::pem::Error),
    #[error("it holds no certificate")]
    Empty,
    #[error("TLS cannot be set up")]
    Tls(#[source] tokio_rustls::rustls::Error),
}

pub(super) fn connector(ca_file: Option<&Path>) -> Result<TlsConnector, ImapError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = config(provider, ca_file).map_err(|source| ImapError::CaFile {
        path: ca_file.unwrap_or(Path::new("of the system")).to_owned(),
        source,
    })?;
    Ok(TlsConnector::from(Arc::new(config)))
}

fn config(provider: Arc<CryptoProvider>, ca_file: Option<&Path>) -> Result<ClientConfig, BadFile> {
    let verifier = match ca_file {
        None => Verifier::new(Arc::clone(&provider)),
        Some(path) => Verifier::new_with_extra_roots(roots(path)?, Arc::clone(&provider)),
    };
    let verifier = verifier.map_err(BadFile::Tls)?;
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(BadFile::Tls)?
        .dangerous()
        // The platform's verifier is the strict one; the name of this method warns of others.
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

fn roots(path: &Path) -> Result<Vec<CertificateDer<'static>>, BadFile> {
    let read = CertificateDer::pem_file_iter(path).map_err(BadFile::Pem)?;
    let roots: Vec<CertificateDer<'static>> =
        read.collect::<Result<_, _>>().map_err(BadFile::Pem)?;
    if roots.is_empty() { Err(BadFile::Empty) } else { Ok(roots) }
}
