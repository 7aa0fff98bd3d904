package org.physionet.provisioner.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerVerifierTest {
    private static final int RECORDS = 9;
    private static final String REF = "ref-0123456789abcdef0123456789abcdef";

    private final List<LedgerRecord> chain = new ArrayList<>();
    private List<String> lines = List.of();

    @BeforeEach
    void write() {
        String prev = LedgerRecord.GENESIS;
        for (int seq = 1; seq <= RECORDS; seq++) {
            String type = seq == 4 ? EventType.IDENTITIES.text() : "intent";
            String payload = seq == 4
                    ? CanonicalJson.of(Map.of("username", Map.of(REF, Sha256.of("salt", "username", "\n", "ada"))))
                    : CanonicalJson.of(Map.of("n", seq));
            LedgerRecord next = LedgerRecord.after(
                    prev, seq, Instant.parse("2026-11-22T12:00:00Z").plusSeconds(seq), type, "engine", null, payload);
            chain.add(next);
            prev = next.hash();
        }
        lines = lines(chain);
    }

    private static List<String> lines(List<LedgerRecord> records) {
        List<String> lines = new ArrayList<>();
        lines.add("{\"ledger\":{\"format\":1,\"genesis\":\"" + LedgerRecord.GENESIS + "\"}}");
        for (LedgerRecord r : records) {
            lines.add("{\"entry\":" + r.entry() + ",\"hash\":\"" + r.hash() + "\",\"prev\":\"" + r.prev() + "\"}");
            if (r.type().equals("identities")) {
                lines.add("{\"identity\":{\"kind\":\"username\",\"ref\":\"" + REF
                        + "\",\"salt\":\"salt\",\"value\":\"ada\"}}");
            }
        }
        lines.add("{\"end\":{\"head\":\"" + records.getLast().hash() + "\",\"records\":" + records.size() + "}}");
        return lines;
    }

    private static LedgerRecord edited(LedgerRecord r, boolean fitHash) {
        LedgerRecord anew =
                LedgerRecord.after(r.prev(), r.seq(), r.at(), r.type(), r.actor(), r.run(), "{\"n\":\"forged\"}");
        return fitHash
                ? anew
                : new LedgerRecord(r.seq(), r.at(), r.type(), r.actor(), r.run(), anew.payload(), r.prev(), r.hash());
    }

    private static Verification verify(List<String> lines, Checkpoint... trusted) {
        return LedgerVerifier.verify(lines.iterator(), List.of(trusted));
    }

    private static List<Tuple> found(Verification verification) {
        return verification.findings().stream()
                .map(f -> tuple(f.kind(), f.record()))
                .toList();
    }

    private static Tuple at(Finding.Kind kind, long record) {
        return tuple(kind, record);
    }

    @Test
    void a_whole_ledger_has_no_findings() {
        Verification verification = verify(lines, new Checkpoint(5, chain.get(4).hash()));
        assertThat(verification.findings()).isEmpty();
        assertThat(verification)
                .isEqualTo(new Verification(RECORDS, chain.getLast().hash(), 1, 1, null, null, List.of()));
    }

    @Test
    void an_empty_ledger_is_whole() {
        assertThat(verify(List.of(
                                lines.getFirst(),
                                "{\"end\":{\"head\":\"" + LedgerRecord.GENESIS + "\",\"records\":0}}"))
                        .whole())
                .isTrue();
    }

    @Test
    void the_hash_is_what_any_shell_computes() throws Exception {
        LedgerRecord first = chain.getFirst();
        Process shell = new ProcessBuilder("sha256sum").start();
        try (var in = shell.getOutputStream()) {
            in.write((first.prev() + first.entry()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThat(new String(shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                .startsWith(first.hash());
        assertThat(first.entry())
                .isEqualTo("{\"actor\":\"engine\",\"at\":\"2026-11-22T12:00:01Z\",\"payload\":{\"n\":1},\"run\":null,"
                        + "\"seq\":1,\"type\":\"intent\"}");
    }

    @Test
    void an_edited_record_is_named_wherever_it_stands() {
        for (int seq = 1; seq <= RECORDS; seq++) {
            if (seq != 4) {
                List<LedgerRecord> forged = new ArrayList<>(chain);
                forged.set(seq - 1, edited(chain.get(seq - 1), false));
                assertThat(found(verify(lines(forged)))).containsExactly(at(Finding.Kind.EDITED, seq));
            }
        }
    }

    @Test
    void an_edited_record_with_a_hash_made_to_fit_is_named_and_not_the_one_after_it() {
        for (int seq = 1; seq < RECORDS; seq++) {
            if (seq != 4) {
                List<LedgerRecord> forged = new ArrayList<>(chain);
                forged.set(seq - 1, edited(chain.get(seq - 1), true));
                assertThat(found(verify(lines(forged)))).containsExactly(at(Finding.Kind.EDITED, seq));
            }
        }
    }

    @Test
    void the_last_record_made_anew_contradicts_the_last_line() {
        List<String> forged = new ArrayList<>(lines);
        LedgerRecord last = edited(chain.getLast(), true);
        forged.set(forged.size() - 2, lines(List.of(last)).get(1));
        assertThat(found(verify(forged))).containsExactly(at(Finding.Kind.EDITED, RECORDS));
    }

    @Test
    void a_single_changed_byte_anywhere_in_the_file_is_found() {
        for (int line = 0; line < lines.size(); line++) {
            String whole = lines.get(line);
            for (int i = line % 5; i < whole.length(); i += line == 3 ? 1 : 5) {
                List<String> forged = new ArrayList<>(lines);
                char other = whole.charAt(i) == '0' ? '1' : '0';
                forged.set(line, whole.substring(0, i) + other + whole.substring(i + 1));
                assertThat(verify(forged).whole()).as(forged.get(line)).isFalse();
            }
        }
    }

    @Test
    void missing_records_are_named() {
        List<String> forged = new ArrayList<>(lines);
        forged.subList(7, 9).clear();
        assertThat(found(verify(forged))).containsExactly(at(Finding.Kind.GAP, 6), at(Finding.Kind.CUT_END, RECORDS));
        assertThat(verify(forged).findings().getFirst().explanation()).isEqualTo("records 6 to 7 are missing here");
        assertThat(verify(forged).findings().getFirst().line()).isEqualTo(8);
    }

    @Test
    void a_record_in_another_place_is_named() {
        List<String> forged = new ArrayList<>(lines);
        forged.add(9, forged.remove(7));
        assertThat(found(verify(forged))).containsExactly(at(Finding.Kind.REORDERED, 6));
    }

    @Test
    void a_record_that_is_there_twice_is_named() {
        List<String> forged = new ArrayList<>(lines);
        forged.add(4, forged.get(3));
        assertThat(found(verify(forged)))
                .containsExactly(at(Finding.Kind.REPEATED, 3), at(Finding.Kind.CUT_END, RECORDS));
    }

    @Test
    void records_missing_at_the_front_are_named() {
        List<String> forged = new ArrayList<>(lines);
        forged.subList(1, 4).clear();
        assertThat(found(verify(forged)))
                .containsExactly(at(Finding.Kind.CUT_FRONT, 1), at(Finding.Kind.CUT_END, RECORDS));
        assertThat(verify(forged).findings().getFirst().explanation()).isEqualTo("records 1 to 3 are missing here");
    }

    @Test
    void a_file_that_was_cut_off_is_seen() {
        for (int kept = 0; kept < lines.size(); kept++) {
            assertThat(verify(lines.subList(0, kept)).whole())
                    .as(kept + " lines")
                    .isFalse();
        }
    }

    @Test
    void an_end_cut_off_with_a_forged_last_line_is_seen_by_a_checkpoint() {
        List<String> forged = lines(chain.subList(0, 6));
        assertThat(verify(forged).whole()).isTrue();
        assertThat(found(verify(forged, new Checkpoint(8, chain.get(7).hash()))))
                .containsExactly(at(Finding.Kind.CUT_END, 8));
    }

    @Test
    void a_history_written_anew_is_seen_by_a_checkpoint() {
        List<LedgerRecord> anew = new ArrayList<>();
        String prev = LedgerRecord.GENESIS;
        for (LedgerRecord r : chain) {
            String payload = r.seq() == 2 ? "{\"n\":\"forged\"}" : r.payload();
            LedgerRecord next = LedgerRecord.after(prev, r.seq(), r.at(), r.type(), r.actor(), r.run(), payload);
            anew.add(next);
            prev = next.hash();
        }
        assertThat(verify(lines(anew)).whole()).isTrue();
        assertThat(found(verify(lines(anew), new Checkpoint(5, chain.get(4).hash()))))
                .containsExactly(at(Finding.Kind.FORK, 5));
    }

    @Test
    void a_false_name_is_named() {
        List<String> forged = new ArrayList<>(lines);
        forged.replaceAll(line -> line.replace("\"value\":\"ada\"", "\"value\":\"eve\""));
        assertThat(found(verify(forged))).containsExactly(at(Finding.Kind.FALSE_IDENTITY, 4));
    }
}
