//! Course libraries on disk, for tests that change them.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A folder of course sources that is gone when it is dropped.
pub struct Library(TempDir);

impl Library {
    /// A library without courses.
    #[must_use]
    pub fn empty() -> Self {
        Self(tempfile::tempdir().expect("a folder is made"))
    }

    /// Its folder, as the configuration takes it.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.0.path().to_owned()
    }

    /// The library with the program's own course in the folder `trafficking-health`.
    #[must_use]
    pub fn with_trafficking_health(self) -> Self {
        let from = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../courses/library/trafficking-health"));
        copy(from, &self.0.path().join("trafficking-health"));
        self
    }

    /// The library with the course that has every kind of question and every rule of a quiz, `ec-901`.
    #[must_use]
    pub fn with_every_kind(self) -> Self {
        copy(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/library/kinds")), &self.0.path().join("kinds"));
        self
    }

    /// The library with a course in Spanish that is completed by reading its one lesson, `first`.
    #[must_use]
    pub fn with_small_course(self, slug: &str, code: &str) -> Self {
        let lesson = "+++\ntitle = \"Una lección\"\nwhy = \"Porque sí.\"\nkey_idea = \"Una idea.\"\n+++\n\nTexto.\n";
        let texts = "title = \"Atención consular\"\nsummary = \"Un curso breve.\"\ndescription = \"Para *todas*.\"\n\n\
            [modules.start]\ntitle = \"Inicio\"\n";
        let structure = format!(
            "code = \"{code}\"\ntopics = [\"consular\"]\naudiences = [\"consular\"]\nminutes = 30\nlanguages = [\"es\"]\n\
             source_language = \"es\"\n\n[completion]\nall = [\"lessons\"]\n\n\
             [[modules]]\nid = \"start\"\nobjectives = []\nlessons = [\"first\"]\n"
        );
        let folder = self.0.path().join(slug);
        std::fs::create_dir_all(folder.join("es/lessons")).unwrap();
        std::fs::write(folder.join("course.toml"), structure).unwrap();
        std::fs::write(folder.join("es/course.toml"), texts).unwrap();
        std::fs::write(folder.join("es/lessons/first.md"), lesson).unwrap();
        self
    }

    /// Replaces the first `from` in `file`, a path in the library.
    pub fn replace(&self, file: &str, from: &str, to: &str) {
        let path = self.0.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        std::fs::write(path, text.replacen(from, to, 1)).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
