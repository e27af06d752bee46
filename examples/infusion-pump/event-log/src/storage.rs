//! The memory that keeps its content without power; nothing of what is kept.

use iec62304_macros::requirement;

/// The memory could not be read or written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StorageFailed;

/// A memory that is written byte by byte, in rising order, each byte wholly or not at all.
///
/// A power cut ends a write between two bytes. The ring relies on this and on nothing else.
#[requirement("SRS-23")]
pub trait Storage {
    /// How many bytes there are.
    fn size(&self) -> usize;

    /// Reads the bytes from `at` on.
    ///
    /// # Errors
    ///
    /// The memory does not answer, or has no such bytes.
    fn read(&self, at: usize, bytes: &mut [u8]) -> Result<(), StorageFailed>;

    /// Writes bytes from `at` on.
    ///
    /// # Errors
    ///
    /// The memory does not answer, or has no such bytes. Some may be written.
    fn write(&mut self, at: usize, bytes: &[u8]) -> Result<(), StorageFailed>;
}
