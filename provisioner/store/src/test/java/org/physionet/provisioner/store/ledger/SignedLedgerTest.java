package org.physionet.provisioner.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.store.ledger.Finding.Kind;

/** What somebody who may write the file or the database can do, and who has the public key alone sees. */
class SignedLedgerTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    static Path folder;

    private static KeyFile first;
    private static KeyFile second;
    private static KeyFile stranger;

    @BeforeAll
    static void keys() throws Exception {
        first = KeyFile.create(folder.resolve("first.key"));
        second = KeyFile.create(folder.resolve("second.key"));
        stranger = KeyFile.create(folder.resolve("stranger.key"));
    }

    private static LedgerRecord after(@Nullable LedgerRecord before, String type, Map<String, ?> payload) {
        long seq = before == null ? 1 : before.seq() + 1;
        return LedgerRecord.after(
                before == null ? LedgerRecord.GENESIS : before.hash(),
                seq,
                NOON.plusSeconds(seq),
                type,
                "engine",
                null,
                CanonicalJson.of(payload));
    }

    private static String line(LedgerRecord r) {
        return "{\"entry\":" + r.entry() + ",\"hash\":\"" + r.hash() + "\",\"prev\":\"" + r.prev() + "\"}";
    }

    private static String checkpoint(KeyFile key, LedgerRecord over) {
        return SignedCheckpoint.by(key, over.seq(), over.hash(), NOON.plusSeconds(over.seq()))
                .line();
    }

    /** Nine records, signed after the third, the sixth and the last. */
    private static List<String> ledger() {
        List<String> lines = new ArrayList<>();
        lines.add("{\"ledger\":{\"format\":2,\"genesis\":\"" + LedgerRecord.GENESIS + "\"}}");
        LedgerRecord last = null;
        for (int n = 1; n <= 9; n++) {
            last = after(last, "intent", Map.of("n", n));
            lines.add(line(last));
            if (n % 3 == 0) {
                lines.add(checkpoint(first, last));
            }
        }
        lines.add(end(last));
        return lines;
    }

    private static String end(LedgerRecord last) {
        return "{\"end\":{\"head\":\"" + last.hash() + "\",\"records\":" + last.seq() + "}}";
    }

    private static Verification verify(List<String> lines, KeyFile trusted) {
        return LedgerVerifier.verify(lines.iterator(), List.of(), trusted.publicKey());
    }

    private static List<Tuple> found(List<String> lines) {
        return verify(lines, first).findings().stream()
                .map(f -> tuple(f.kind(), f.record()))
                .toList();
    }

    /** Everything from a record on written anew, hashes and last line fitting; checkpoints as they were. */
    private static List<String> rewrittenFrom(int from) {
        List<String> lines = new ArrayList<>();
        List<String> original = ledger();
        LedgerRecord last = null;
        int n = 0;
        for (String line : original) {
            if (line.startsWith("{\"entry\"")) {
                n++;
                last = after(last, "intent", n >= from ? Map.of("n", n, "forged", true) : Map.of("n", n));
                lines.add(line(last));
            } else {
                lines.add(line.startsWith("{\"end\"") ? end(java.util.Objects.requireNonNull(last)) : line);
            }
        }
        return lines;
    }

    @Test
    void aWholeLedgerIsSignedUpToItsLastRecord() {
        Verification verification = verify(ledger(), first);
        assertThat(verification.findings()).isEmpty();
        assertThat(verification.signedUpTo()).isEqualTo(9);
        assertThat(verification.signedAt()).isEqualTo(NOON.plusSeconds(9));
        assertThat(verification.checkpoints()).isEqualTo(3);
    }

    @Test
    void anEditIsNamed() {
        List<String> lines = ledger();
        lines.set(6, lines.get(6).replace("{\"n\":5}", "{\"n\":55}"));
        assertThat(found(lines)).containsExactly(tuple(Kind.EDITED, 5L));
    }

    @Test
    void aGapIsNamed() {
        List<String> lines = ledger();
        lines.remove(6);
        assertThat(found(lines)).contains(tuple(Kind.GAP, 5L)).allMatch(f -> !f.equals(tuple(Kind.EDITED, 5L)));
    }

    @Test
    void aReorderIsNamed() {
        List<String> lines = ledger();
        Collections.swap(lines, 5, 6);
        assertThat(found(lines)).contains(tuple(Kind.REORDERED, 4L));
    }

    @Test
    void aHistoryThatWasWrittenAnewForksFromTheFirstCheckpointAfterIt() {
        assertThat(found(rewrittenFrom(5))).contains(tuple(Kind.FORK, 6L)).doesNotContain(tuple(Kind.FORK, 3L));
    }

    @Test
    void aTruncatedFileWithANewLastLineIsNamedAtTheRecordThatNobodySigned() {
        List<String> lines = new ArrayList<>(ledger().subList(0, 10));
        LedgerRecord eighth = null;
        for (int n = 1; n <= 8; n++) {
            eighth = after(eighth, "intent", Map.of("n", n));
        }
        lines.add(line(java.util.Objects.requireNonNull(eighth)));
        lines.add(end(eighth));
        assertThat(found(lines)).containsExactly(tuple(Kind.UNSIGNED, 7L));
        List<String> withCheckpoint = new ArrayList<>(lines);
        withCheckpoint.add(withCheckpoint.size() - 1, ledger().get(12));
        assertThat(found(withCheckpoint)).contains(tuple(Kind.CUT_END, 9L));
    }

    @Test
    void aTruncationToAnEarlierCheckpointShowsAgainstALaterOne() {
        List<String> all = ledger();
        List<String> lines = new ArrayList<>(all.subList(0, 9));
        LedgerRecord sixth = null;
        LedgerRecord ninth = null;
        for (int n = 1; n <= 9; n++) {
            ninth = after(ninth, "intent", Map.of("n", n));
            sixth = n == 6 ? ninth : sixth;
        }
        lines.add(end(java.util.Objects.requireNonNull(sixth)));
        assertThat(found(lines)).isEmpty();
        Verification against = LedgerVerifier.verify(
                lines.iterator(),
                List.of(new Checkpoint(
                        9, java.util.Objects.requireNonNull(ninth).hash())),
                first.publicKey());
        assertThat(against.findings())
                .extracting(Finding::kind, Finding::record)
                .containsExactly(tuple(Kind.CUT_END, 9L));
    }

    @Test
    void aForgedCheckpointIsNamed() {
        List<String> lines = ledger();
        lines.set(12, lines.get(12).replace("2026-11-22T12:00:09Z", "2026-11-23T12:00:09Z"));
        assertThat(found(lines)).containsExactly(tuple(Kind.FALSE_SIGNATURE, 9L), tuple(Kind.UNSIGNED, 7L));
        assertThat(verify(ledger(), stranger).findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.UNSIGNED);
    }

    @Test
    void theOldKeySignsTheNewOneAndIsNotTrustedAfterwards() {
        List<String> lines = rotated(KeyChange.of(first, second), second);
        for (KeyFile trusted : List.of(first, second)) {
            Verification verification = verify(lines, trusted);
            assertThat(verification.findings()).isEmpty();
            assertThat(verification.signedUpTo()).isEqualTo(4);
        }
        assertThat(found(rotated(KeyChange.of(first, second), first))).contains(tuple(Kind.FALSE_SIGNATURE, 4L));
    }

    @Test
    void aKeyThatTheOldOneDidNotSignIsNamed() {
        KeyChange honest = KeyChange.of(first, second);
        KeyChange swapped = new KeyChange(
                java.util.Base64.getEncoder().encodeToString(stranger.publicKey()), honest.by(), honest.signature());
        assertThat(found(rotated(swapped, stranger))).contains(tuple(Kind.FALSE_SIGNATURE, 3L));
        assertThat(found(rotated(KeyChange.of(null, stranger), stranger))).contains(tuple(Kind.FALSE_SIGNATURE, 3L));
    }

    /** Two records and a checkpoint of the first key, the change, one more record, a checkpoint of a key. */
    private static List<String> rotated(KeyChange change, KeyFile after) {
        LedgerRecord one = after(null, "intent", Map.of("n", 1));
        LedgerRecord two = after(one, "intent", Map.of("n", 2));
        LedgerRecord three = after(two, "key_changed", change.payload());
        LedgerRecord four = after(three, "intent", Map.of("n", 4));
        return List.of(
                ledger().getFirst(),
                line(one),
                line(two),
                checkpoint(first, two),
                line(three),
                line(four),
                checkpoint(after, four),
                end(four));
    }

    @Test
    void aNewKeyIsForItsOwnerAloneAndNothingIsOverwritten() throws Exception {
        Path file = folder.resolve("first.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("first.key.pub")))
                .contains("PUBLIC KEY")
                .doesNotContain("PRIVATE");
        assertThatThrownBy(() -> KeyFile.create(file)).isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
        assertThat(KeyFile.parse(Files.readString(file)).publicKey()).isEqualTo(first.publicKey());
    }

    @Test
    void halvesOfTwoPairsAreNoKeyAndTheMessageDoesNotShowThem() throws Exception {
        String mixed = Files.readString(folder.resolve("first.key")).split("-----BEGIN PUBLIC", 2)[0]
                + Files.readString(folder.resolve("second.key.pub"));
        assertThatThrownBy(() -> KeyFile.parse(mixed))
                .hasMessageContaining("not of one pair")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("MC4C"));
    }

    @Test
    void opensslReadsTheKeyAndChecksTheSignature() throws Exception {
        SignedCheckpoint checkpoint = SignedCheckpoint.by(first, 9, "ab".repeat(32), NOON);
        Path message = Files.write(
                folder.resolve("message"),
                SignedCheckpoint.signed(checkpoint.seq(), checkpoint.hash(), checkpoint.at(), checkpoint.key()));
        Path signature = Files.write(
                folder.resolve("signature"), java.util.Base64.getDecoder().decode(checkpoint.signature()));
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "pkeyutl",
                        "-verify",
                        "-pubin",
                        "-inkey",
                        folder.resolve("first.key.pub").toString(),
                        "-rawin",
                        "-in",
                        message.toString(),
                        "-sigfile",
                        signature.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(openssl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(openssl.waitFor()).as(said).isZero();
    }
}
