//! What the file declares: everything that makes a module hold code, with what a reader
//! of its interface gets to see, and every place that is unsafe.

use super::FileJoin;
use crate::model::code::{Certainty, Declaration, UnsafeCode};
use crate::model::outline::{ItemKind, OutlineIndex, OutlineItem, Section, Visibility};

/// Macros that declare nothing of their own.
const EMPTY_MACROS: [&str; 3] = ["compile_error", "include", "tags"];

impl FileJoin<'_, '_> {
    /// Writes down what the file declares, once its items are joined.
    pub(super) fn declarations(&mut self) {
        let in_product = self.in_product();
        for (index, found) in (0..).zip(&self.outline.items) {
            if self.declares(index, found) && !self.parent_state(index).in_unknown_macro {
                self.declaration(index, in_product[index as usize]);
            }
        }
        self.unsafe_code(&in_product);
    }

    /// Whether an item outside unknown macros declares something. Of the input of a known
    /// one, each item does so itself.
    fn declares(&self, index: OutlineIndex, found: &OutlineItem) -> bool {
        match found.kind {
            ItemKind::Module | ItemKind::Use | ItemKind::ExternCrate => false,
            ItemKind::MacroCall => {
                self.states[index as usize].in_unknown_macro
                    && !EMPTY_MACROS.contains(&&*self.text(found.name))
            }
            _ => true,
        }
    }

    fn declaration(&mut self, index: OutlineIndex, is_product: bool) {
        let around = self.parent_state(index);
        let found = &self.outline.items[index as usize];
        let at = if found.name.is_empty() { found.header } else { found.name };
        let declaration = Declaration {
            module: around.module,
            item: self.items.get(&index).copied(),
            path: format!("{}{}", around.prefix, self.segment(index)),
            kind: found.kind.word(),
            at: self.at(at),
            is_public: self.is_public(found),
            docs: found.docs,
            returns: found.returns,
            is_unsafe: found.is_unsafe,
            panics: (!found.panics.is_empty()).then(|| self.at(found.panics)),
            is_product,
        };
        self.join.code.declarations.push(declaration);
    }

    /// A function of a public trait is as public as the trait.
    fn is_public(&self, found: &OutlineItem) -> bool {
        let of_trait = || {
            let parent = found.parent.map(|parent| &self.outline.items[parent as usize]);
            parent.is_some_and(|parent| {
                parent.kind == ItemKind::Trait && parent.visibility == Visibility::Public
            })
        };
        found.visibility == Visibility::Public || (found.kind == ItemKind::Function && of_trait())
    }

    /// Whether each item is part of the product: compiled without tests, and in no test.
    fn in_product(&self) -> Vec<bool> {
        let mut in_test: Vec<bool> = Vec::with_capacity(self.outline.items.len());
        for (index, found) in (0..).zip(&self.outline.items) {
            let around = found.parent.is_some_and(|parent| in_test[parent as usize]);
            let item = self.items.get(&index).map(|item| &self.join.code.items[item.0]);
            in_test.push(around || item.is_some_and(|item| item.test.is_some()));
        }
        let compiled = self.states.iter().map(|state| state.compiled.in_product != Certainty::No);
        in_test.into_iter().zip(compiled).map(|(in_test, compiled)| compiled && !in_test).collect()
    }

    fn unsafe_code(&mut self, in_product: &[bool]) {
        for found in &self.outline.unsafe_code {
            let item = found.item.map(|index| &self.outline.items[index as usize]);
            let state = found.item.map(|index| self.states[index as usize].clone());
            let documented = item.is_some_and(|item| item.docs.has(Section::Safety));
            let what = match (found.item, item) {
                (Some(index), Some(item)) if found.is_block && item.kind != ItemKind::Module => {
                    let around = self.parent_state(index);
                    format!("unsafe block in {}{}", around.prefix, self.segment(index))
                }
                (Some(index), Some(item)) if !found.is_block => {
                    format!("unsafe {} {}", item.kind.word(), self.segment(index))
                }
                _ => "unsafe block".to_owned(),
            };
            let code = UnsafeCode {
                module: state.map_or(self.place.module, |state| state.module),
                item: found.item.and_then(|index| self.items.get(&index).copied()),
                at: self.at(found.span),
                what,
                explained: found.explained || (!found.is_block && documented),
                is_product: match found.item {
                    Some(index) => in_product[index as usize],
                    None => self.top().compiled.in_product != Certainty::No,
                },
            };
            self.join.code.unsafe_code.push(code);
        }
    }
}
