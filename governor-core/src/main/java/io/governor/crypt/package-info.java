/**
 * Traces that are encrypted where they lie. A host that keeps its keys elsewhere starts at {@link
 * io.governor.crypt.KeyProvider}; whoever reads traces starts at {@link
 * io.governor.crypt.ClearText}.
 *
 * <p>An encrypted file is lines, as any trace. A <i>header</i> begins a section: it names the
 * master key and has a salt of its own, and the key of the section is derived from both (HKDF with
 * SHA-256, RFC 5869). Every line of the section is a <i>frame</i>: nonce, ciphertext and tag of one
 * record without its line end (AES-256-GCM, NIST SP 800-38D), in base64url (RFC 4648, section 5).
 * What is authenticated with it is the header, how many bytes after the header's first one the
 * frame begins and how many records were before it (eight bytes each, the highest first), so a
 * frame holds in one place of one file only, and none goes missing before it. An empty record ends
 * a section; what follows is plain again. The beginning of a header or frame is a line that a kill
 * cut off; any other line in a section was not written by us.
 *
 * <pre>
 * {"governor_encrypted":1,"key":"5d0c4d8ae3f06a11","salt":"…43 characters…"}
 * {"governor_frame":"…"}
 * {"governor_frame":"…"}
 * </pre>
 */
@NullMarked
package io.governor.crypt;

import org.jspecify.annotations.NullMarked;
