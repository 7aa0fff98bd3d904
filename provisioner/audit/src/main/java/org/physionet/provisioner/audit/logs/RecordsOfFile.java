package org.physionet.provisioner.audit.logs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** The records of a log file with their numbers, as findings cite them. */
public final class RecordsOfFile {
    private static final ObjectReader JSON = new ObjectMapper().readerFor(JsonNode.class);

    private RecordsOfFile() {}

    /** Takes a record; false: no more are wanted. */
    @FunctionalInterface
    public interface Taker {
        boolean take(long number, String text);
    }

    /** Up to where the file breaks off, if it does. */
    public static void each(Path path, Taker taker) throws IOException {
        LogFile file = LogFile.of(path);
        boolean json = Kind.of(file, "aws") == Kind.CLOUDTRAIL;
        if (json && !Kind.isJsonByLine(file)) {
            document(file, taker);
            return;
        }
        try (Lines lines = new Lines(file.open())) {
            boolean more = true;
            for (String line = lines.next(); line != null && more; line = lines.next()) {
                Iterator<JsonNode> records = json && lines.number() == 1 ? records(line) : null;
                if (records == null) {
                    more = taker.take(lines.number(), line);
                    continue;
                }
                for (long i = 1; more && records.hasNext(); i++) {
                    more = taker.take(i, records.next().toString());
                }
            }
        } catch (java.io.EOFException e) {
            return;
        }
    }

    private static @org.jspecify.annotations.Nullable Iterator<JsonNode> records(String line) {
        try {
            return Kind.records(JSON.readTree(line));
        } catch (IOException e) {
            return null;
        }
    }

    private static void document(LogFile file, Taker taker) throws IOException {
        long number = 0;
        try (MappingIterator<JsonNode> values = JSON.readValues(file.open())) {
            while (values.hasNextValue()) {
                JsonNode value = values.nextValue();
                Iterator<JsonNode> records = Kind.records(value);
                Iterator<JsonNode> all = records == null ? List.of(value).iterator() : records;
                while (all.hasNext()) {
                    if (!taker.take(++number, all.next().toString())) {
                        return;
                    }
                }
            }
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            return;
        }
    }
}
