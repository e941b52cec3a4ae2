//! Holds nothing: the manifests are what is judged.
