package org.physionet.provisioner.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Answers "can this principal read this resource now?" for one JSON question or for a line of NDJSON each. */
final class CanRead {
    private final WorldState state;

    CanRead(WorldState state) {
        this.state = state;
    }

    Response answer(Request request) {
        List<JsonNode> questions = questions(request.body());
        boolean lines = questions.size() != 1
                || request.header("content-type").orElse("").contains("ndjson");
        if (questions.isEmpty() && !request.header("content-type").orElse("").contains("ndjson")) {
            throw new IllegalArgumentException(
                    "can-read: expected {\"provider\",\"principal\",\"resource\"}, found nothing");
        }
        StringBuilder answers = new StringBuilder();
        for (int i = 0; i < questions.size(); i++) {
            String where = lines ? "can-read question " + (i + 1) : "can-read";
            answers.append(answer(where, questions.get(i))).append('\n');
        }
        return Response.text(200, lines ? "application/x-ndjson" : "application/json", answers.toString());
    }

    private ObjectNode answer(String where, JsonNode question) {
        Fields fields = Fields.of(where, question);
        String provider = fields.text("provider");
        String principal = fields.text("principal");
        String resource = fields.text("resource");
        fields.end();
        try {
            SimulatedCloud.Verdict verdict = state.canRead(provider, principal, resource);
            return Json.MAPPER
                    .createObjectNode()
                    .put("allowed", verdict.allowed())
                    .put("because", verdict.because());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    private static List<JsonNode> questions(byte[] body) {
        List<JsonNode> questions = new ArrayList<>();
        try (MappingIterator<JsonNode> values =
                Json.MAPPER.readerFor(JsonNode.class).readValues(body)) {
            while (values.hasNextValue()) {
                questions.add(values.nextValue());
            }
            return questions;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "can-read question " + (questions.size() + 1) + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("can-read: " + e.getMessage(), e);
        }
    }
}
