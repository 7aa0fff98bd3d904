package org.physionet.provisioner.audit.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The format of a log file, by the provider whose logs they are and by how the file begins. */
enum Kind {
    S3_ACCESS,
    CLOUDTRAIL,
    CLOUD_LOGGING,
    GCS_USAGE;

    private static final JsonFactory JSON = new JsonFactory();

    static Kind of(LogFile file, String provider) {
        boolean json = beginsWithJson(file);
        if (provider.equals("aws")) {
            return json ? CLOUDTRAIL : S3_ACCESS;
        }
        return json ? CLOUD_LOGGING : GCS_USAGE;
    }

    private static boolean beginsWithJson(LogFile file) {
        try (Lines lines = new Lines(file.open())) {
            String line = lines.next();
            while (line != null && line.isBlank()) {
                line = lines.next();
            }
            return line != null
                    && (line.stripLeading().startsWith("{")
                            || line.stripLeading().startsWith("["));
        } catch (IOException e) {
            return file.path().toString().contains(".json");
        }
    }

    /** Whether the first line is a whole object, so that the others are too. */
    static boolean isJsonByLine(LogFile file) throws IOException {
        try (Lines lines = new Lines(file.open())) {
            String line = lines.next();
            while (line != null && line.isBlank()) {
                line = lines.next();
            }
            return line == null || line.stripLeading().startsWith("{") && isWhole(line);
        }
    }

    private static boolean isWhole(String line) {
        try (JsonParser parser = JSON.createParser(line)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    && parser.skipChildren().currentToken() == JsonToken.END_OBJECT;
        } catch (IOException e) {
            // A line that is broken in its middle is one line; one that only begins an object is the start of a
            // document.
            return line.length() > 2;
        }
    }

    /** The records that a document holds; null: it is itself one. */
    static @Nullable Iterator<JsonNode> records(JsonNode node) {
        if (node.isArray()) {
            return node.elements();
        }
        if (node.path("Records").isArray()) {
            return node.path("Records").elements();
        }
        return node.path("entries").isArray() ? node.path("entries").elements() : null;
    }
}
