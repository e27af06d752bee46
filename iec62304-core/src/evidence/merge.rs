//! The shards of one run, put together.

use std::collections::{BTreeMap, BTreeSet};

use iec62304_macros::{requirement, risk_control};

use super::{Run, TestId, WhyNotRun};

/// One run out of its shards.
///
/// # Errors
///
/// A phrase that says why they are not all the shards of one run.
#[requirement("TOOL-64")]
#[risk_control("GUARD-5")]
pub fn merge(shards: &[Run]) -> Result<Run, String> {
    let Some((first, others)) = shards.split_first() else {
        return Err("there is no run".to_owned());
    };
    let kind = complete(shards)?;
    for other in others {
        if let Some(what) = difference(first, other) {
            return Err(format!("they differ in {what}"));
        }
    }
    let mut run = Run {
        tests: shards.iter().flat_map(|shard| shard.tests.clone()).collect(),
        not_run: shards.iter().flat_map(|shard| shard.not_run.clone()).collect(),
        ..facts(first, shards)
    };
    run.sort();
    let ended: BTreeSet<&TestId> = run.tests.iter().map(|result| &result.id).collect();
    run.not_run.retain(|not_run| not_run.why != WhyNotRun::Open || !ended.contains(&not_run.id));
    match run.tests.windows(2).find(|pair| pair[0].id == pair[1].id) {
        Some(pair) => Err(format!("{} ran in two of the {kind} shards", pair[0].id.test)),
        None => Ok(run),
    }
}

/// What holds for the whole: what one shard does not say the whole does not say.
fn facts(first: &Run, shards: &[Run]) -> Run {
    let started = shards.iter().map(|shard| &shard.started).min();
    let finished = shards.iter().map(|shard| &shard.finished).max();
    let dirty = shards.iter().map(|shard| shard.is_dirty);
    let by: BTreeSet<&str> = shards.iter().filter_map(|shard| shard.by.as_deref()).collect();
    let is_named = shards.iter().all(|shard| shard.by.is_some());
    Run {
        started: started.expect(NOT_EMPTY).clone(),
        finished: finished.expect(NOT_EMPTY).clone(),
        by: is_named.then(|| by.into_iter().collect::<Vec<_>>().join(", ")),
        is_dirty: dirty.max_by_key(|dirty| (*dirty == Some(true), dirty.is_none())).flatten(),
        partition: None,
        is_complete: shards.iter().all(|shard| shard.is_complete),
        ..first.clone()
    }
}

const NOT_EMPTY: &str = "there is a first shard";

/// The kind of partition, if every shard of it is there once.
fn complete(shards: &[Run]) -> Result<&str, String> {
    let mut seen: BTreeMap<(&str, u32), BTreeSet<u32>> = BTreeMap::new();
    for shard in shards {
        let partition = shard.partition.as_deref().unwrap_or("the whole");
        let (kind, number, count) = parts(partition)
            .ok_or_else(|| format!("one of them is {partition}, not a shard of a run"))?;
        if !seen.entry((kind, count)).or_default().insert(number) {
            return Err(format!("shard {partition} is there twice"));
        }
    }
    let mut kinds = seen.into_iter();
    let Some(((kind, count), numbers)) = kinds.next() else {
        return Err("there is no run".to_owned());
    };
    if kinds.next().is_some() {
        return Err("they are shards of different partitions".to_owned());
    }
    match (1..=count).find(|number| !numbers.contains(number)) {
        Some(missing) => Err(format!("shard {kind}:{missing}/{count} is missing")),
        None => Ok(kind),
    }
}

/// `hash:2/4` as kind, number and count.
fn parts(partition: &str) -> Option<(&str, u32, u32)> {
    let (kind, numbers) = partition.split_once(':')?;
    let (number, count) = numbers.split_once('/')?;
    let (number, count) = (number.parse().ok()?, count.parse().ok()?);
    (1..=count).contains(&number).then_some((kind, number, count))
}

/// What keeps two shards from being of one run.
fn difference(a: &Run, b: &Run) -> Option<&'static str> {
    let facts = [
        ("the sources that they were produced from", a.state == b.state),
        ("the configuration", a.configuration == b.configuration),
        ("the commit", a.commit == b.commit),
        ("the versions of the tools", a.tools == b.tools),
        ("the machine's target", a.host == b.host),
    ];
    facts.into_iter().find(|(_, are_same)| !are_same).map(|(what, _)| what)
}
