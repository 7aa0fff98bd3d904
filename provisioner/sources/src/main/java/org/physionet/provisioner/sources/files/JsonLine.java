package org.physionet.provisioner.sources.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Parses one line of NDJSON: exactly one JSON value, no key twice. */
final class JsonLine {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(Limits.JSON)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonLine() {}

    /** @throws FileFailure if it is no JSON: a file that has such a line may have been cut or overwritten */
    static JsonNode parse(String file, int number, String line) throws FileFailure {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            String problem = e.getOriginalMessage();
            int end = problem.indexOf('\n');
            throw FileFailure.at(
                    file,
                    number,
                    "expected one JSON object, found: " + (end < 0 ? problem : problem.substring(0, end)));
        }
    }
}
