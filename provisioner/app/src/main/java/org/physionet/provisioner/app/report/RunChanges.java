package org.physionet.provisioner.app.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.store.AccessQueries.LedgerEvent;
import org.physionet.provisioner.engine.store.ReportQueries.Position;

/** Puts a run's intents together with their outcomes (payloads: docs/reference/store.md, "Ledger"). */
final class RunChanges {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ChangeRow> rows = new LinkedHashMap<>();

    private RunChanges() {}

    static List<ChangeRow> of(List<LedgerEvent> events) {
        RunChanges changes = new RunChanges();
        for (LedgerEvent event : events) {
            switch (event.type()) {
                case "intent" -> changes.intent(event);
                case "outcome" -> changes.outcome(event);
                default -> {}
            }
        }
        return List.copyOf(changes.rows.values());
    }

    /** References tell apart what names, once erased, do not. */
    private static String key(JsonNode opaque, JsonNode one) {
        return opaque.path("resource").asText() + " " + one.path("principal").asText() + " "
                + one.path("action").asText();
    }

    private void intent(LedgerEvent event) {
        JsonNode opaque = parse(event, event.payload());
        JsonNode named = parse(event, event.readable());
        for (int i = 0; i < opaque.path("changes").size(); i++) {
            JsonNode change = named.path("changes").path(i);
            ChangeRow row = new ChangeRow(
                    event.at(),
                    change.path("action").asText(),
                    named.path("resource").asText(),
                    change.path("principal").asText(),
                    each(change.path("holdings"), "researcher"),
                    each(change.path("holdings"), "dataset"),
                    each(change.path("reasons"), null),
                    null,
                    null,
                    null,
                    List.of(position(event)));
            rows.merge(
                    key(opaque, opaque.path("changes").path(i)),
                    row,
                    (before, again) -> with(again, before.evidence(), null, null, null));
        }
    }

    private void outcome(LedgerEvent event) {
        JsonNode opaque = parse(event, event.payload());
        JsonNode named = parse(event, event.readable());
        for (int i = 0; i < opaque.path("results").size(); i++) {
            JsonNode result = named.path("results").path(i);
            rows.computeIfPresent(
                    key(opaque, opaque.path("results").path(i)),
                    (_, row) -> with(
                            row,
                            List.of(position(event)),
                            result.path("stage").asText(),
                            Instant.parse(result.path("at").asText()),
                            result.path("detail").isTextual()
                                    ? result.path("detail").asText()
                                    : null));
        }
    }

    private static ChangeRow with(
            ChangeRow row,
            List<Position> more,
            @Nullable String outcome,
            @Nullable Instant at,
            @Nullable String detail) {
        List<Position> evidence = new ArrayList<>(row.evidence());
        more.stream().filter(position -> !evidence.contains(position)).forEach(evidence::add);
        evidence.sort(java.util.Comparator.comparingLong(Position::seq));
        return new ChangeRow(
                row.at(),
                row.action(),
                row.resource(),
                row.principal(),
                row.researchers(),
                row.datasets(),
                row.reasons(),
                outcome,
                at,
                detail,
                evidence);
    }

    private static Position position(LedgerEvent event) {
        return new Position(event.seq(), event.at(), event.type(), event.hash());
    }

    /** @param part null: the elements themselves */
    private static List<String> each(JsonNode array, @Nullable String part) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array) {
            String text = (part == null ? element : element.path(part)).asText();
            if (!texts.contains(text)) {
                texts.add(text);
            }
        }
        return texts;
    }

    private static JsonNode parse(LedgerEvent event, String payload) {
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("ledger record " + event.seq() + " is no JSON", e);
        }
    }
}
