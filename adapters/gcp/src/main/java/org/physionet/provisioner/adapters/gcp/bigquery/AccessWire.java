package org.physionet.provisioner.adapters.gcp.bigquery;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.model.Dataset;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Access lists in the forms of the wire and of Google's low-level client. Numbers keep their digits. Pure. */
final class AccessWire {
    private static final Gson GSON = new GsonBuilder()
            .setObjectToNumberStrategy(ToNumberPolicy.LAZILY_PARSED_NUMBER)
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    private AccessWire() {}

    /** @throws RuntimeException if the answer is no dataset, or has no etag: nothing could be written safely on it */
    static DatasetAccess read(String json) {
        Map<?, ?> dataset = GSON.fromJson(json, Map.class);
        if (dataset == null || !(dataset.get("etag") instanceof String etag)) {
            throw new IllegalArgumentException("the dataset came without an etag");
        }
        List<AccessEntry> entries = new ArrayList<>();
        Object access = dataset.get("access");
        if (access != null) {
            for (Object entry : (List<?>) access) {
                entries.add(new AccessEntry(keyed((Map<?, ?>) entry)));
            }
        }
        return new DatasetAccess(etag, entries, true);
    }

    private static Map<String, @Nullable Object> keyed(Map<?, ?> map) {
        Map<String, @Nullable Object> keyed = new LinkedHashMap<>();
        map.forEach((key, value) -> keyed.put(String.valueOf(key), value));
        return keyed;
    }

    /** The request body that a list is sent as, before compression: {@code access} and nothing else of the dataset. */
    static byte[] body(DatasetAccess access) {
        return json(access).getBytes(StandardCharsets.UTF_8);
    }

    /** For the low-level client, which keeps keys that it does not know. */
    static Dataset write(DatasetAccess access) {
        try {
            return GsonFactory.getDefaultInstance().fromString(json(access), Dataset.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(DatasetAccess access) {
        List<Map<String, @Nullable Object>> entries = new ArrayList<>();
        access.list().forEach(entry -> entries.add(entry.fields()));
        return GSON.toJson(Map.of("access", entries));
    }
}
