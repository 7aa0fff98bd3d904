package org.physionet.provisioner.simulator.aws.trail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What advanced event selectors choose of data events on S3's objects (CloudTrail API reference, AdvancedFieldSelector). */
final class AdvancedSelectors {
    private AdvancedSelectors() {}

    /** Beginnings of the ARNs of objects whose events are taken; {@code arn:aws:s3}: all. */
    static List<String> objects(JsonNode selectors) {
        List<String> begin = new ArrayList<>();
        for (JsonNode selector : selectors) {
            JsonNode fields = selector.path("FieldSelectors");
            if (!values(fields, "eventCategory", "Equals").contains("Data")
                    || !values(fields, "resources.type", "Equals").contains("AWS::S3::Object")) {
                continue;
            }
            List<String> starts = values(fields, "resources.ARN", "StartsWith");
            List<String> exact = values(fields, "resources.ARN", "Equals");
            begin.addAll(starts);
            begin.addAll(exact);
            if (starts.isEmpty() && exact.isEmpty()) {
                begin.add("arn:aws:s3");
            }
        }
        return begin;
    }

    private static List<String> values(JsonNode fields, String field, String operator) {
        List<String> values = new ArrayList<>();
        for (JsonNode each : fields) {
            if (each.path("Field").asText().equals(field)) {
                each.path(operator).forEach(value -> values.add(value.asText()));
            }
        }
        return values;
    }
}
