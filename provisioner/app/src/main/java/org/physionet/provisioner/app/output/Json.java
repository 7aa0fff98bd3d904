package org.physionet.provisioner.app.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes values as JSON with Jackson's streaming core alone: the data binder costs a fifth of a second at start. */
final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build()
            .setCharacterEscapes(new HarmlessEscapes());

    private final JsonGenerator generator;

    private Json(OutputStream out, boolean pretty) {
        try {
            generator = FACTORY.createGenerator(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DefaultPrettyPrinter indented = new DefaultPrettyPrinter();
        indented.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        generator.setPrettyPrinter(pretty ? indented : new MinimalPrettyPrinter("\n"));
    }

    /** Values one after the other, each on a line of its own. */
    static Json lines(OutputStream out) {
        return new Json(out, false);
    }

    static void document(OutputStream out, Fields value) {
        Json json = new Json(out, true);
        json.write(value);
        json.flush();
    }

    void write(@Nullable Object value) {
        try {
            writeValue(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void flush() {
        try {
            generator.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeValue(@Nullable Object value) throws IOException {
        switch (value) {
            case null -> generator.writeNull();
            case String text -> generator.writeString(text);
            case Long number -> generator.writeNumber(number);
            case Boolean flag -> generator.writeBoolean(flag);
            case Instant instant -> generator.writeString(instant.toString());
            case List<?> list -> writeList(list);
            case Fields fields -> writeObject(fields);
            default -> throw new IllegalArgumentException("no JSON form: " + value.getClass());
        }
    }

    private void writeList(List<?> list) throws IOException {
        generator.writeStartArray();
        for (Object element : list) {
            writeValue(element);
        }
        generator.writeEndArray();
    }

    private void writeObject(Fields fields) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<String, @Nullable Object> field : fields.values().entrySet()) {
            generator.writeFieldName(field.getKey());
            writeValue(field.getValue());
        }
        generator.writeEndObject();
    }
}
