package org.physionet.provisioner.adapters.gcp.calls;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.client.json.GenericJson;
import com.google.api.client.json.JsonObjectParser;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls to the few methods for which no client library is on the path: preflights, and signing. None changes anything. */
public final class PlainCalls {
    private final HttpRequestFactory requests;
    private final @Nullable URI endpoint;

    PlainCalls(HttpRequestFactory requests, @Nullable URI endpoint) {
        this.requests = requests;
        this.endpoint = endpoint;
    }

    /** @param host of the API, e.g. {@code serviceusage.googleapis.com} */
    public Map<?, ?> get(String host, String path) throws IOException {
        return answer(requests.buildGetRequest(url(host, path)));
    }

    public Map<?, ?> post(String host, String path, Map<String, ?> body) throws IOException {
        return answer(requests.buildPostRequest(
                url(host, path), new JsonHttpContent(GsonFactory.getDefaultInstance(), body)));
    }

    /** What time it is at an API; it answers that with every answer, refusals among them. */
    public Optional<Instant> time(String host, String path) throws IOException {
        @Nullable String date;
        try {
            HttpResponse response = requests.buildGetRequest(url(host, path)).execute();
            date = response.getHeaders().getDate();
            response.disconnect();
        } catch (HttpResponseException e) {
            date = e.getHeaders().getDate();
        }
        try {
            return date == null
                    ? Optional.empty()
                    : Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private GenericUrl url(String host, String path) {
        return new GenericUrl((endpoint == null ? "https://" + host : endpoint.toString()) + path, true);
    }

    private static Map<?, ?> answer(HttpRequest request) throws IOException {
        request.setParser(new JsonObjectParser(GsonFactory.getDefaultInstance()));
        return request.execute().parseAs(GenericJson.class);
    }
}
