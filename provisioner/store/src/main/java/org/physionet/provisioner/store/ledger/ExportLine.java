package org.physionet.provisioner.store.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
     */
    record Entry(long seq, String entry, String prev, String hash, Map<String, String> commitments)
            implements ExportLine {}

    /** What a reference stands for. */
    record Named(String kind, String ref, String salt, String value) implements ExportLine {}

    /** The last line. */
    record End(long records, String head) implements ExportLine {}

    Pattern ENTRY = Pattern.compile("\\{\"entry\":(\\{.*}),\"hash\":\"([0-9a-f]{64})\",\"prev\":\"([0-9a-f]{64})\"}");

    JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Empty: not a line of an export. */
    static Optional<ExportLine> parse(String line) {
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
        return Optional.of(new Entry(entry.get("seq").asLong(), text, prev, hash, commitments));
    }
}
