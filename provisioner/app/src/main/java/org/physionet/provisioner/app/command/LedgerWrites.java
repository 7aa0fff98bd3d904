package org.physionet.provisioner.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.physionet.provisioner.audit.review.Recorded.Write;
import org.physionet.provisioner.engine.store.AccessQueries;
import org.physionet.provisioner.engine.store.AccessQueries.EventFilter;
import org.physionet.provisioner.engine.store.AccessQueries.LedgerEvent;

/** The engine's own writes, as the ledger tells them: meant, and taken by the provider. */
final class LedgerWrites {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Write> writes = new ArrayList<>();
    /** By run and resource: what was meant and is not concluded yet. */
    private final Map<String, List<Integer>> meant = new HashMap<>();

    private LedgerWrites() {}

    static List<Write> of(AccessQueries record) {
        TreeMap<Long, LedgerEvent> events = new TreeMap<>();
        for (String type : List.of("intent", "outcome", "upkeep")) {
            record.events(new EventFilter(null, null, type, null, null, 1, Integer.MAX_VALUE))
                    .forEach(event -> events.put(event.seq(), event));
        }
        LedgerWrites reading = new LedgerWrites();
        events.values().forEach(reading::add);
        return List.copyOf(reading.writes);
    }

    private void add(LedgerEvent event) {
        JsonNode payload = parsed(event, event.payload());
        String resource = payload.path("resource").asText();
        String run = event.run() + " " + resource;
        switch (event.type()) {
            case "intent" -> intend(run, resource, event, payload);
            case "upkeep" -> {
                if (payload.path("stage").asText().equals("intent")) {
                    intend(run, resource, event, payload);
                } else {
                    conclude(run, event.at(), payload.path("stage").asText().equals("accepted"));
                }
            }
            default -> {
                boolean accepted = false;
                boolean concluded = false;
                for (JsonNode result : payload.path("results")) {
                    String stage = result.path("stage").asText();
                    concluded |= !stage.equals("proven");
                    // What was so already was no write.
                    accepted |= stage.equals("accepted") && !result.hasNonNull("detail");
                }
                if (concluded) {
                    conclude(run, event.at(), accepted);
                }
            }
        }
    }

    private void intend(String run, String resource, LedgerEvent event, JsonNode payload) {
        meant.computeIfAbsent(run, _ -> new ArrayList<>()).add(writes.size());
        Set<String> whom = new HashSet<>();
        parsed(event, event.readable())
                .path("changes")
                .forEach(change -> whom.add(change.path("principal").asText()));
        writes.add(new Write(resource, event.at(), payload.path("document").asText(), whom, null));
    }

    /** Writes of one run at one resource follow each other: the last that was meant is the one that was sent. */
    private void conclude(String run, Instant at, boolean accepted) {
        List<Integer> open = meant.remove(run);
        if (open == null || !accepted) {
            return;
        }
        int last = open.getLast();
        Write write = writes.get(last);
        writes.set(last, new Write(write.resource(), write.at(), write.document(), write.whom(), at));
    }

    private static JsonNode parsed(LedgerEvent event, String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("ledger record " + event.seq() + " is no JSON", e);
        }
    }
}
