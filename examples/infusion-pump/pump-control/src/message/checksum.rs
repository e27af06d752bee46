//! The checksum at the end of every message: CRC-16/CCITT-FALSE.

/// The checksum of some bytes.
pub(super) fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |sum, byte| {
        (0..8).fold(sum ^ (u16::from(*byte) << 8), |sum, _| {
            if sum & 0x8000 == 0 { sum << 1 } else { (sum << 1) ^ 0x1021 }
        })
    })
}

/// Whether a message ends with the checksum of what stands before.
pub(super) fn is_sealed(message: &[u8]) -> bool {
    match message.split_last_chunk() {
        Some((body, sum)) => checksum(body) == u16::from_be_bytes(*sum),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iec62304_macros::verifies;

    #[test]
    #[verifies("message-link.AC-2")]
    fn the_checksum_has_the_check_value_of_its_definition() {
        assert_eq!(checksum(b"123456789"), 0x29B1);
        assert_eq!(checksum(b""), 0xFFFF);
    }

    #[test]
    #[verifies("message-link.AC-2")]
    fn a_message_too_short_for_a_checksum_is_not_sealed() {
        assert!(!is_sealed(&[]));
        assert!(!is_sealed(&[0xFF]));
        assert!(is_sealed(&[0xFF, 0xFF]));
    }
}
