package org.physionet.provisioner.store.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an exported ledger line by line, with nothing but the lines; memory does not grow with them.
 *
 * <p>Each record carries its predecessor's hash beside its own, so the record that was changed can be told from the one that
 * follows it, also when its hash was made to fit. Whoever writes everything after a change anew leaves a chain that fits in itself:
 * that, and an end cut off together with the last line, shows only against {@link Checkpoint}s.
 */
public final class LedgerVerifier {
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Long, String> checkpoints = new HashMap<>();
    /** Ranges of numbers that were passed over: first to last. */
    private final TreeMap<Long, Long> missing = new TreeMap<>();
    /** Where each such range was noticed. */
    private final Map<Long, Long> missingAt = new HashMap<>();

    private Map<String, String> introduced = Map.of();
    private long line;
    private long next = 1;
    private long records;
    private long identities;
    private int passed;
    private String head = LedgerRecord.GENESIS;
    private boolean ended;

    private final Signatures signatures;
    private boolean published;
    private boolean signedEnd;

    private LedgerVerifier(Collection<Checkpoint> trusted, byte @Nullable [] key) {
        trusted.forEach(c -> checkpoints.put(c.seq(), c.hash()));
        signatures = new Signatures(key);
    }

    /** @param trusted what is known of the chain from elsewhere; may be empty */
    public static Verification verify(Iterator<String> lines, Collection<Checkpoint> trusted) {
        return verify(lines, trusted, null);
    }

    /**
     * @param lines of an export, or of parts that were published, in their order
     * @param key the public key (DER) that is trusted; those that it signed, it is followed to; null: signatures are not looked at
     */
    public static Verification verify(Iterator<String> lines, Collection<Checkpoint> trusted, byte @Nullable [] key) {
        LedgerVerifier verifier = new LedgerVerifier(trusted, key);
        while (lines.hasNext()) {
            verifier.line(lines.next());
        }
        verifier.finish();
        verifier.findings.sort(java.util.Comparator.comparingLong(Finding::line));
        return new Verification(
                verifier.records,
                verifier.head,
                verifier.identities,
                verifier.passed,
                verifier.signatures.upTo(),
                verifier.signatures.at(),
                verifier.findings);
    }

    private void line(String text) {
        line++;
        Optional<ExportLine> parsed = ExportLine.parse(text);
        if (parsed.isEmpty()) {
            find(Finding.Kind.UNREADABLE, 0, "expected a line of a ledger export, found \"" + shortened(text) + "\"");
            return;
        }
        boolean first = line == 1;
        boolean begins = parsed.get() instanceof ExportLine.Header || parsed.get() instanceof ExportLine.Published;
        published |= first && parsed.get() instanceof ExportLine.Published;
        if (first != begins && !(published && parsed.get() instanceof ExportLine.Published)) {
            find(
                    Finding.Kind.UNREADABLE,
                    0,
                    line == 1 ? "expected the export's first line" : "a first line inside the file");
        }
        if (ended) {
            find(Finding.Kind.UNREADABLE, 0, "expected nothing after the export's last line");
        }
        signedEnd = false;
        switch (parsed.get()) {
            case ExportLine.Published part -> format(part.format());
            case ExportLine.Signed signed -> signed(signed.checkpoint());
            case ExportLine.Tagged _ -> {
                // Says nothing that could be checked without the secret.
            }
            case ExportLine.Header header -> header(header);
            case ExportLine.Entry entry -> entry(entry);
            case ExportLine.Named named -> named(named);
            case ExportLine.End end -> end(end);
        }
    }

    private void header(ExportLine.Header header) {
        format(header.genesis().equals(LedgerRecord.GENESIS) ? header.format() : -1);
    }

    private void format(long format) {
        if (format < 1 || format > LedgerExport.FORMAT) {
            find(
                    Finding.Kind.UNREADABLE,
                    0,
                    "expected format " + LedgerExport.FORMAT + " or older, found another; use a newer verifier");
        }
    }

    private void signed(SignedCheckpoint checkpoint) {
        signedEnd = true;
        Optional<String> objection = signatures.objection(checkpoint);
        if (objection.isPresent()) {
            find(Finding.Kind.FALSE_SIGNATURE, checkpoint.seq(), objection.get());
            return;
        }
        if (!signatures.trusts(checkpoint)) {
            return;
        }
        if (checkpoint.seq() >= next) {
            // Its record was taken out, or cut off: kept as something known from elsewhere.
            checkpoints.put(checkpoint.seq(), checkpoint.hash());
        } else if (checkpoint.seq() < next - 1) {
            find(
                    Finding.Kind.REORDERED,
                    checkpoint.seq(),
                    "the checkpoint of record " + checkpoint.seq() + " stands after record " + (next - 1));
        } else if (!checkpoint.hash().equals(head)) {
            find(
                    Finding.Kind.FORK,
                    checkpoint.seq(),
                    "record " + checkpoint.seq() + " is not the one that the checkpoint of " + checkpoint.at()
                            + " was signed over: it, or one before it, was written anew");
        } else {
            signatures.reached(checkpoint);
            passed++;
        }
    }

    private void entry(ExportLine.Entry entry) {
        records++;
        introduced = entry.commitments();
        if (!Sha256.of(entry.prev(), entry.entry()).equals(entry.hash())) {
            find(Finding.Kind.EDITED, entry.seq(), "record " + entry.seq() + " does not have its hash: it was edited");
        }
        checkpoint(entry);
        if (entry.type().equals(EventType.KEY_CHANGED.text())) {
            signatures
                    .follow(entry.node().path("payload"))
                    .ifPresent(what -> find(Finding.Kind.FALSE_SIGNATURE, entry.seq(), "record " + entry.seq() + what));
        }
        if (entry.seq() < next) {
            late(entry.seq());
            return;
        }
        if (entry.seq() > next) {
            missing.put(next, entry.seq() - 1);
            missingAt.put(next, line);
        } else if (!entry.prev().equals(head)) {
            long before = entry.seq() - 1;
            find(
                    Finding.Kind.EDITED,
                    before,
                    before == 0
                            ? "record 1 does not begin the chain: it was edited"
                            : "record " + before + " is not the one that record " + entry.seq()
                                    + " was written after: it was replaced, and its hash made to fit");
        }
        next = entry.seq() + 1;
        head = entry.hash();
    }

    private void checkpoint(ExportLine.Entry entry) {
        String trusted = checkpoints.remove(entry.seq());
        if (trusted != null && trusted.equals(entry.hash())) {
            passed++;
        } else if (trusted != null) {
            find(
                    Finding.Kind.FORK,
                    entry.seq(),
                    "record " + entry.seq()
                            + " is not the one that the trusted checkpoint saw: it, or one before it, was"
                            + " written anew");
        }
    }

    /** A number that was passed already: out of order if it was missing until now, else there twice. */
    private void late(long seq) {
        Map.Entry<Long, Long> range = missing.floorEntry(seq);
        if (range == null || range.getValue() < seq) {
            find(Finding.Kind.REPEATED, seq, "record " + seq + " is there twice");
            return;
        }
        find(Finding.Kind.REORDERED, seq, "record " + seq + " stands after record " + (next - 1));
        long first = range.getKey();
        long last = range.getValue();
        Long noticed = missingAt.remove(first);
        missing.remove(first);
        long at = noticed == null ? line : noticed;
        if (first < seq) {
            missing.put(first, seq - 1);
            missingAt.put(first, at);
        }
        if (seq < last) {
            missing.put(seq + 1, last);
            missingAt.put(seq + 1, at);
        }
    }

    private void named(ExportLine.Named named) {
        identities++;
        String commitment = introduced.get(named.ref());
        String made = named.kind() + " " + Sha256.of(named.salt(), named.kind(), "\n", named.value());
        if (!made.equals(commitment)) {
            find(
                    Finding.Kind.FALSE_IDENTITY,
                    next - 1,
                    named.ref() + " does not stand for \"" + shortened(named.value()) + "\": record " + (next - 1)
                            + " committed to something else");
        }
    }

    private void end(ExportLine.End end) {
        ended = true;
        if (end.records() == records && !end.head().equals(head)) {
            find(
                    Finding.Kind.EDITED,
                    next - 1,
                    "record " + (next - 1)
                            + " is not the one that the last line names: it was replaced, and its hash made to fit");
        } else if (end.records() != records) {
            find(
                    Finding.Kind.CUT_END,
                    next - 1,
                    "expected " + end.records() + " records, found " + records + " that end with record " + (next - 1));
        }
    }

    private void finish() {
        missing.forEach((first, last) -> {
            String which = first.equals(last) ? "record " + first + " is" : "records " + first + " to " + last + " are";
            Finding.Kind kind = first == 1 ? Finding.Kind.CUT_FRONT : Finding.Kind.GAP;
            findings.add(new Finding(kind, missingAt.getOrDefault(first, line), first, which + " missing here"));
        });
        line++;
        if (!ended && !(published && signedEnd)) {
            find(Finding.Kind.CUT_END, next - 1, "the file ends after record " + (next - 1) + " without its last line");
        }
        unsigned();
        checkpoints.keySet().stream()
                .filter(seq -> seq >= next)
                .sorted()
                .forEach(seq -> find(
                        Finding.Kind.CUT_END,
                        seq,
                        "a trusted checkpoint saw record " + seq + ", but the file ends with record " + (next - 1)));
    }

    private void unsigned() {
        Long upTo = signatures.upTo();
        long last = next - 1;
        if (!signatures.wanted() || (upTo == null ? last == 0 : last == upTo)) {
            return;
        }
        find(
                Finding.Kind.UNSIGNED,
                upTo == null ? last : upTo + 1,
                upTo == null
                        ? "no checkpoint in the file is signed with the key that is trusted"
                        : "records " + (upTo + 1) + " to " + last + " stand after the last checkpoint that is signed");
    }

    private void find(Finding.Kind kind, long record, String explanation) {
        findings.add(new Finding(kind, line, record, explanation));
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
