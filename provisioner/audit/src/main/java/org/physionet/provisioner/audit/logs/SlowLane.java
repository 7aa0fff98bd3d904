package org.physionet.provisioner.audit.logs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file line by line, or record by record, with parsers of ours. Nothing is dropped: what is not understood, and
 * where a file breaks off, is told to the {@link Tally}.
 */
final class SlowLane {
    private static final ObjectReader JSON = new ObjectMapper().readerFor(JsonNode.class);

    private final Tally tally;

    SlowLane(Tally tally) {
        this.tally = tally;
    }

    /** One that understands a text. */
    @FunctionalInterface
    private interface Parser<T> {
        Optional<org.physionet.provisioner.audit.access.Access> parse(T text, String file, @Nullable Long line)
                throws Unreadable;
    }

    void read(LogFile file, Kind kind) {
        try {
            switch (kind) {
                case S3_ACCESS -> lines(file, SlowLane::s3);
                case GCS_USAGE -> lines(file, UsageLine::parse);
                case CLOUDTRAIL -> json(file, CloudTrailEvent::parse);
                case CLOUD_LOGGING -> json(file, CloudLoggingEntry::parse);
            }
        } catch (IOException e) {
            tally.reject(file.toString(), null, "the file breaks off: " + e.getMessage());
        }
    }

    /** Lines that the fast lane set aside. */
    void s3(LogFile file, List<S3FastLane.Aside> lines) {
        lines.forEach(aside -> one(SlowLane::s3, aside.text(), file, aside.line()));
    }

    private static Optional<org.physionet.provisioner.audit.access.Access> s3(
            String text, String file, @Nullable Long line) throws Unreadable {
        return Optional.of(S3AccessLine.parse(text, file, line));
    }

    private void lines(LogFile file, Parser<String> parser) throws IOException {
        try (Lines lines = new Lines(file.open())) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    one(parser, line, file, lines.number());
                }
            }
        }
    }

    private <T> void one(Parser<T> parser, T text, LogFile file, @Nullable Long line) {
        try {
            parser.parse(text, file.toString(), line).ifPresentOrElse(tally::add, tally::understood);
        } catch (Unreadable e) {
            tally.reject(file.toString(), line, String.valueOf(e.getMessage()));
        }
    }

    /** One object a line, or, if the first line is none by itself, one document. */
    private void json(LogFile file, Parser<JsonNode> parser) throws IOException {
        if (!Kind.isJsonByLine(file)) {
            document(file, parser);
            return;
        }
        try (Lines lines = new Lines(file.open())) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    jsonLine(line, file, lines.number(), parser);
                }
            }
        }
    }

    private void jsonLine(String line, LogFile file, long number, Parser<JsonNode> parser) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JacksonException e) {
            tally.reject(file.toString(), number, "expected JSON: " + e.getOriginalMessage());
            return;
        }
        Iterator<JsonNode> records = Kind.records(node);
        if (records == null) {
            one(parser, node, file, number);
            return;
        }
        for (long i = 1; records.hasNext(); i++) {
            one(parser, records.next(), file, number == 1 ? i : number);
        }
    }

    private void document(LogFile file, Parser<JsonNode> parser) throws IOException {
        long number = 0;
        try (InputStream in = file.open();
                MappingIterator<JsonNode> values = JSON.readValues(in)) {
            while (values.hasNextValue()) {
                JsonNode value = values.nextValue();
                Iterator<JsonNode> records = Kind.records(value);
                Iterator<JsonNode> all = records == null ? List.of(value).iterator() : records;
                while (all.hasNext()) {
                    one(parser, all.next(), file, ++number);
                }
            }
        } catch (JacksonException e) {
            tally.reject(file.toString(), number + 1, "expected JSON: " + e.getOriginalMessage());
        }
    }
}
