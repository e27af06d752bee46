//! Reviews and what they are bound to: which records each judged, and whether these are
//! still what was judged.

use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::requirement;

use crate::content::{ContentHash, is_hash, of_all};
use crate::location::{Located, Location};
use crate::model::record::{Record, RecordKind, Value};
use crate::records::Index;
use crate::trace::class::{ClassTree, Classed, Effective};
use crate::trace::confirmation::Confirmations;
use crate::trace::content::{Aspect, Contents, names_a_hash};
use crate::trace::evidence::{self, kind_is_one_of};
use crate::trace::link::{Unresolved, named_by};
use crate::trace::{Project, Trace, Unit};

/// A review of one record.
#[derive(Clone, Copy, Debug)]
pub struct Judgement<'m> {
    /// The review.
    pub review: &'m Record,
    /// Whether the record is still what was judged.
    pub binding: Binding,
}

/// Whether something is still what a review judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binding {
    /// The review names no hash, so nothing can tell.
    Unbound,
    /// It is.
    Current,
    /// It has changed, or something that was judged with it under one hash.
    Changed,
    /// The review names something else than a content hash, which matches nothing.
    Foreign,
    /// The review names hashes, and none for this: it was added to a range later.
    NotCovered,
}

/// Every review of every record.
#[derive(Clone, Debug, Default)]
pub struct Judgements<'m> {
    /// By the place of the record, the oldest review first.
    by_record: BTreeMap<&'m Location, Vec<Judgement<'m>>>,
    /// The kinds of review that there are.
    kinds: BTreeSet<&'m str>,
    /// Reviews with one hash over several things.
    undivided: BTreeSet<&'m Location>,
    /// Hashes of what their review does not name.
    pub unresolved: Vec<Unresolved>,
}

/// What the reviews of one kind say of a record as it stands now.
#[derive(Clone, Copy, Debug)]
pub enum Standing<'m> {
    /// There is none.
    Missing,
    /// There is one of a range that the record came into later: it has no hash for it.
    NotCovered(&'m Record),
    /// The last one did not pass, or left actions open.
    Open(&'m Record),
    /// The last one judged something else than what stands there now.
    Changed(&'m Record),
    /// What the last one names as hash is none.
    Foreign(&'m Record),
    /// The last one names no hash, so it counts as it stands.
    Unbound(&'m Record),
    /// One judged exactly what stands there now.
    Current(&'m Record),
}

/// What must be reviewed, and by which kind of review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Software requirements.
    Requirements,
    /// Software items, their interfaces and their segregation.
    Architecture,
    /// The detailed design of units.
    Design,
    /// The tests by which units are verified.
    TestProcedures,
    /// The risk analysis, in the light of the software requirements.
    RiskAnalysis,
}

/// Something that must be reviewed.
#[derive(Clone, Debug)]
pub struct Reviewed<'m> {
    /// Under which topic.
    pub topic: Topic,
    /// Its record.
    pub record: &'m Record,
    /// By which class it is judged.
    pub class: Effective,
    /// What the reviews of its topic say of it.
    pub standing: Standing<'m>,
}

impl Classed for Reviewed<'_> {
    fn effective(&self) -> &Effective {
        &self.class
    }
}

/// Everything that must be reviewed, by topic. A topic of which there is no review at all
/// is empty: it has not been begun.
#[derive(Clone, Debug, Default)]
pub struct AllReviewed<'m> {
    begun: BTreeMap<Topic, Vec<Reviewed<'m>>>,
    /// Topics with something to review and no review, with the classes of these things.
    pub not_begun: Vec<(Topic, Vec<Effective>)>,
}

impl Topic {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Requirements,
        Self::Architecture,
        Self::Design,
        Self::TestProcedures,
        Self::RiskAnalysis,
    ];

    /// The kind of review.
    pub fn review_kind(self) -> &'static str {
        match self {
            Self::Requirements => "requirements",
            Self::Architecture => "architecture",
            Self::Design => "design",
            Self::TestProcedures => "test procedures",
            Self::RiskAnalysis => "risk analysis",
        }
    }
}

impl<'m> Judgements<'m> {
    /// Compares every review with what it judged.
    #[requirement("TOOL-28")]
    pub fn build(project: &'m Project<'m>, index: &Index, contents: &Contents<'m, '_>) -> Self {
        let mut judgements = Self::default();
        let mut reviews: Vec<&Record> =
            project.records().filter(|record| record.kind == RecordKind::Review).collect();
        reviews.sort_by_key(|review| (review.text("date"), review.at()));
        for review in reviews {
            let kind = review.text("kind").unwrap_or_default();
            judgements.kinds.insert(kind);
            let subjects = named_by(review, project, index);
            judgements.unresolved.extend(hashes_of_nothing(review, &subjects));
            let has = |field: &str| review.fields.get(field).is_some();
            if subjects.len() > 1 && has("hash") && !has("hashes") {
                judgements.undivided.insert(review.at());
            }
            let bindings = bindings(review, &subjects, Aspect::of_review(kind), contents);
            for (record, binding) in subjects.into_iter().zip(bindings) {
                let of_record = judgements.by_record.entry(record.at()).or_default();
                of_record.push(Judgement { review, binding });
            }
        }
        judgements
    }

    /// Every review of a record, the oldest first.
    pub fn of(&self, record: &Record) -> &[Judgement<'m>] {
        self.by_record.get(record.at()).map_or(&[], Vec::as_slice)
    }

    /// Whether there is a review of this kind, of anything.
    pub fn has_kind(&self, kind: &str) -> bool {
        self.kinds.contains(kind)
    }

    /// Whether a review has one hash over several things, so that nothing tells which of
    /// them changed.
    pub fn is_undivided(&self, review: &Record) -> bool {
        self.undivided.contains(review.at())
    }

    /// Whether a review is of a record, as it stood before it changed.
    pub fn is_outdated(&self, review: &Record, record: &Record) -> bool {
        self.outdated(record, |found| found.at() == review.at()).len() == 1
    }

    /// The reviews of a record that `count`, unless it is no longer what they judged.
    pub fn evidence(&self, record: &Record, count: fn(&Record) -> bool) -> Vec<&'m Record> {
        let hold = self.of(record).iter().filter(|judgement| judgement.binding.holds());
        hold.map(|judgement| judgement.review).filter(|review| count(review)).collect()
    }

    /// The reviews of a record that would `count`, if it were still what they judged.
    pub fn outdated(&self, record: &Record, count: impl Fn(&Record) -> bool) -> Vec<&'m Record> {
        let is_outdated =
            |found: &&Judgement<'_>| matches!(found.binding, Binding::Changed | Binding::Foreign);
        let outdated = self.of(record).iter().filter(is_outdated);
        outdated.map(|judgement| judgement.review).filter(|review| count(review)).collect()
    }

    /// What the reviews of one kind say of a record now.
    #[requirement("TOOL-28")]
    pub fn standing(&self, record: &Record, kind: &str) -> Standing<'m> {
        let is_of_kind = |found: &&Judgement<'_>| kind_is_one_of(found.review, &[kind]);
        let any = || self.of(record).iter().filter(is_of_kind);
        let of_kind = || any().filter(|found| found.binding != Binding::NotCovered);
        let Some(last) = of_kind().next_back() else {
            let other = any().next_back();
            return other.map_or(Standing::Missing, |other| Standing::NotCovered(other.review));
        };
        let is_current = |found: &&Judgement<'_>| {
            evidence::passed(found.review) && found.binding == Binding::Current
        };
        match (of_kind().rfind(is_current), last.binding) {
            _ if !evidence::passed(last.review) => Standing::Open(last.review),
            (Some(current), _) => Standing::Current(current.review),
            (None, Binding::Foreign) => Standing::Foreign(last.review),
            (None, Binding::Unbound) => Standing::Unbound(last.review),
            (None, _) => Standing::Changed(last.review),
        }
    }
}

impl Binding {
    /// Whether nothing speaks against a review that is bound like this.
    pub fn holds(self) -> bool {
        matches!(self, Self::Unbound | Self::Current)
    }
}

impl<'m> Trace<'m> {
    /// Every review, compared with what it judged.
    pub fn judgements(&self) -> &Judgements<'m> {
        &self.judgements
    }

    /// What must be reviewed under a topic that has been begun.
    pub fn reviewed(&self, topic: Topic) -> &[Reviewed<'m>] {
        self.reviewed.of(topic)
    }

    /// Topics with something to review, in these classes, and no review at all.
    pub fn reviews_not_begun(&self) -> &[(Topic, Vec<Effective>)] {
        &self.reviewed.not_begun
    }

    /// The links between records, and how far they are confirmed.
    pub fn confirmations(&self) -> &Confirmations<'m> {
        &self.confirmations
    }

    /// The hashes of everything, as it stands now.
    pub fn contents(&self) -> Contents<'m, '_> {
        Contents::new(self.project, &self.index, &self.units.all)
    }

    /// Reviews of a record that would count if it were still what they judged.
    pub fn outdated_reviews(
        &self,
        record: &Record,
        count: impl Fn(&Record) -> bool,
    ) -> Vec<&'m Record> {
        self.judgements.outdated(record, count)
    }
}

/// How a review is bound to each of its subjects.
fn bindings<'m>(
    review: &Record,
    subjects: &[&'m Record],
    aspect: Aspect,
    contents: &Contents<'m, '_>,
) -> Vec<Binding> {
    let state = |hash: &str, now: Option<ContentHash>| match now {
        Some(now) if now.is(hash) => Binding::Current,
        _ if is_hash(hash) => Binding::Changed,
        _ => Binding::Foreign,
    };
    if let Some(hashes) = review.fields.table("hashes") {
        let named: BTreeMap<&str, &Value> =
            hashes.iter().map(|hash| (hash.name.value.as_str(), &hash.value)).collect();
        let binding = |subject: &&'m Record| match named.get(subject.id.value.as_str()) {
            Some(Value::Text(hash)) => state(&hash.value, Some(contents.of(subject, aspect))),
            _ => Binding::NotCovered,
        };
        return subjects.iter().map(binding).collect();
    }
    let Some(hash) = review.fields.text("hash") else {
        return vec![Binding::Unbound; subjects.len()];
    };
    let all = subjects.iter().map(|subject| contents.of(subject, aspect)).collect();
    vec![state(&hash.value, of_all(all)); subjects.len()]
}

/// The hashes that a review gives to what it does not name.
fn hashes_of_nothing(review: &Record, subjects: &[&Record]) -> Vec<Unresolved> {
    let known: BTreeSet<&str> = subjects.iter().map(|subject| subject.id.value.as_str()).collect();
    let hashes = review.fields.table("hashes").into_iter().flatten();
    let unknown = hashes.filter(|hash| !known.contains(hash.name.value.as_str()));
    unknown
        .map(|hash| Unresolved {
            id: Located::new(hash.name.value.clone(), hash.name.at.clone()),
            by: format!("review {}, hashes", review.id.value),
            message: format!("`{}` has a hash here, and the review is not of it", hash.name.value),
            help: "name it in `of`, or remove its hash".to_owned(),
            nearest: None,
        })
        .collect()
}

impl<'m> AllReviewed<'m> {
    /// What must be reviewed, and how it stands.
    pub fn build(
        records: &[&'m Record],
        units: &[Unit<'m>],
        classes: &ClassTree,
        judgements: &Judgements<'m>,
    ) -> Self {
        let mut all = Self::default();
        for topic in Topic::ALL {
            let things = things(topic, records, units, classes);
            if !judgements.has_kind(topic.review_kind()) {
                if !things.is_empty() {
                    let classes = things.into_iter().map(|(_, class)| class).collect();
                    all.not_begun.push((topic, classes));
                }
                continue;
            }
            let reviewed = things.into_iter().map(|(record, class)| Reviewed {
                topic,
                record,
                class,
                standing: judgements.standing(record, topic.review_kind()),
            });
            all.begun.insert(topic, reviewed.collect());
        }
        all
    }

    /// What must be reviewed under a topic that has been begun.
    pub fn of(&self, topic: Topic) -> &[Reviewed<'m>] {
        self.begun.get(&topic).map_or(&[], Vec::as_slice)
    }
}

/// What a topic is about, with the class of each.
fn things<'m>(
    topic: Topic,
    records: &[&'m Record],
    units: &[Unit<'m>],
    classes: &ClassTree,
) -> Vec<(&'m Record, Effective)> {
    let kinds: &[RecordKind] = match topic {
        Topic::Requirements | Topic::RiskAnalysis => &[RecordKind::Requirement],
        Topic::Architecture => &[RecordKind::Item, RecordKind::Interface, RecordKind::Segregation],
        Topic::Design | Topic::TestProcedures => &[RecordKind::Unit],
    };
    let of_units: BTreeMap<&Location, &Effective> =
        units.iter().map(|unit| (&unit.at, &unit.class)).collect();
    let tested: BTreeSet<&Location> =
        units.iter().filter(|unit| !unit.named_by.is_empty()).map(|unit| &unit.at).collect();
    let is_of_topic = |record: &&&Record| {
        kinds.contains(&record.kind)
            && (topic != Topic::TestProcedures || tested.contains(record.at()))
    };
    let of_topic = records.iter().filter(is_of_topic);
    let with_class = |record: &&'m Record| {
        let of_unit = of_units.get(record.at()).map(|class| (*class).clone());
        (*record, of_unit.unwrap_or_else(|| class_of(record, classes)))
    };
    of_topic.map(with_class).collect()
}

/// The class of what is no unit; SOUP and the outside have none of their own.
fn class_of(record: &Record, classes: &ClassTree) -> Effective {
    let mut ids: Vec<&str> = match record.kind {
        RecordKind::Item => vec![&record.id.value],
        RecordKind::Interface => {
            ["from", "to"].into_iter().filter_map(|end| record.text(end)).collect()
        }
        RecordKind::Segregation => {
            let groups = record.fields.lists("keeps_apart").iter().flatten();
            groups.map(|id| id.value.as_str()).collect()
        }
        _ => record.fields.list("items").iter().map(|id| id.value.as_str()).collect(),
    };
    if record.kind != RecordKind::Requirement {
        ids.retain(|id| classes.has_item(id));
    }
    classes.of_items(ids.into_iter())
}

/// The passed reviews that name no hash, by place.
pub fn unbound<'m>(project: &'m Project<'m>) -> Vec<&'m Record> {
    let reviews = project.records().filter(|record| record.kind == RecordKind::Review);
    reviews.filter(|review| evidence::passed(review) && !names_a_hash(review)).collect()
}
