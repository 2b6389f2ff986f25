//! Links.

use pulldown_cmark::LinkType;

use super::fault::Fault;
use super::links::Target;
use super::tree::Node;
use super::write::{Scope, Writer, escape};

impl<'a> Writer<'a> {
    pub(super) fn link(&mut self, offset: usize, link_type: LinkType, destination: &str, children: &'a [Node<'a>]) {
        let resolved = match link_type {
            LinkType::Email => self.links.resolve(&format!("mailto:{destination}")),
            _ => self.links.resolve(destination),
        };
        match resolved {
            Ok(Target::Term(term)) if matches!(self.scope, Scope::Lesson | Scope::Definition) => {
                if !self.noticed.terms.contains(&term) {
                    self.noticed.terms.push(term.clone());
                }
                self.between(&format!("<a class=\"term\" href=\"#term-{term}\">"), children, "</a>");
            }
            Ok(Target::Term(term)) => {
                self.fault(offset, Fault::TermOutsideLesson(term.to_string()));
                self.write_all(children);
            }
            Ok(Target::File(path, address)) => {
                self.uses(&path);
                self.anchor_to(&address, children);
            }
            Ok(Target::Address(address)) => self.anchor_to(&address, children),
            Err(fault) => {
                self.fault(offset, fault);
                self.write_all(children);
            }
        }
    }

    fn anchor_to(&mut self, address: &str, children: &'a [Node<'a>]) {
        self.out.push_str("<a href=\"");
        escape(address, &mut self.out);
        self.between("\">", children, "</a>");
    }
}
