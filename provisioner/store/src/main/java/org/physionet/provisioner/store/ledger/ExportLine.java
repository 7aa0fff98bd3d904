package org.physionet.provisioner.store.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of an export, as {@link LedgerExport} writes it. */
sealed interface ExportLine {
    /** The first line. */
    record Header(long format, String genesis) implements ExportLine {}

    /**
     * A record.
     *
     * @param entry the text that is hashed
     * @param commitments by reference, with their kind before a space, if it introduces references
     * @param node the entry, read
     */
    record Entry(long seq, String entry, String prev, String hash, Map<String, String> commitments, JsonNode node)
            implements ExportLine {
        String type() {
            return node.path("type").asText();
        }
    }

    /** What a reference stands for. */
    record Named(String kind, String ref, String salt, String value) implements ExportLine {}

    /** The first line of a part that was published: what follows comes after this record. */
    record Published(long format, long after) implements ExportLine {}

    /** A signed checkpoint. */
    record Signed(SignedCheckpoint checkpoint) implements ExportLine {}

    /** Marks by which the key's holder knows references again. */
    record Tagged(String key, Map<String, String> of) implements ExportLine {}

    /** The last line. */
    record End(long records, String head) implements ExportLine {}

    Pattern ENTRY = Pattern.compile("\\{\"entry\":(\\{.*}),\"hash\":\"([0-9a-f]{64})\",\"prev\":\"([0-9a-f]{64})\"}");

    JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Characters: the record of everybody's first sight is the longest, and is far below. */
    int LONGEST = 1 << 28;

    /** Empty: not a line of an export. */
    static Optional<ExportLine> parse(String line) {
        if (line.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches()) {
                return entry(entry.group(1), entry.group(2), entry.group(3));
            }
            JsonNode node = JSON.readTree(line);
            if (node.hasNonNull("ledger")) {
                JsonNode header = node.get("ledger");
                return Optional.of(new Header(
                        header.path("format").asLong(), header.path("genesis").asText()));
            }
            if (node.hasNonNull("end")) {
                JsonNode end = node.get("end");
                return Optional.of(
                        new End(end.path("records").asLong(-1), end.path("head").asText()));
            }
            if (node.hasNonNull("published")) {
                JsonNode part = node.get("published");
                return Optional.of(new Published(
                        part.path("format").asLong(), part.path("after").asLong(-1)));
            }
            if (node.hasNonNull("checkpoint")) {
                return signed(node.get("checkpoint"), node.path("signature").asText());
            }
            if (node.hasNonNull("tags")) {
                Map<String, String> of = new HashMap<>();
                JsonNode tags = node.get("tags");
                tags.path("of")
                        .properties()
                        .forEach(t -> of.put(t.getKey(), t.getValue().asText()));
                return Optional.of(new Tagged(tags.path("key").asText(), of));
            }
            if (node.hasNonNull("identity")) {
                JsonNode named = node.get("identity");
                return Optional.of(new Named(
                        named.path("kind").asText(),
                        named.path("ref").asText(),
                        named.path("salt").asText(),
                        named.path("value").asText()));
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<ExportLine> signed(JsonNode checkpoint, String signature) {
        try {
            return Optional.of(new Signed(new SignedCheckpoint(
                    checkpoint.path("seq").asLong(-1),
                    checkpoint.path("hash").asText(),
                    Instant.parse(checkpoint.path("at").asText()),
                    checkpoint.path("key").asText(),
                    signature)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** Whether a record is spelled as this program spells it: any other text with its meaning would get another hash when it is kept. */
    private static boolean isCanonical(Entry entry) {
        try {
            return LedgerReader.record(entry).entry().equals(entry.entry());
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    private static Optional<ExportLine> entry(String text, String hash, String prev) throws JsonProcessingException {
        JsonNode entry = JSON.readTree(text);
        if (!entry.path("seq").isIntegralNumber() || !entry.path("type").isTextual()) {
            return Optional.empty();
        }
        Map<String, String> commitments = new HashMap<>();
        if (entry.get("type").asText().equals(EventType.IDENTITIES.text())) {
            for (Map.Entry<String, JsonNode> kind : entry.path("payload").properties()) {
                kind.getValue()
                        .properties()
                        .forEach(ref -> commitments.put(
                                ref.getKey(),
                                kind.getKey() + " " + ref.getValue().asText()));
            }
        }
        Entry read = new Entry(entry.get("seq").asLong(), text, prev, hash, commitments, entry);
        return isCanonical(read) ? Optional.of(read) : Optional.empty();
    }
}
