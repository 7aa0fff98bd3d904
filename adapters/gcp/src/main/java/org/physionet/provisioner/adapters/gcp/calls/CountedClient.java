package org.physionet.provisioner.adapters.gcp.calls;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.conn.ConnectTimeoutException;
import org.apache.http.conn.HttpHostConnectException;
import org.apache.http.entity.BufferedHttpEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.protocol.HttpContext;
import org.apache.http.util.EntityUtils;
import org.physionet.provisioner.engine.adapter.CallListener;

/**
 * Tells of every HTTP exchange, and waits for its turn, below everything that could repeat one: what is counted and paced
 * here is what the provider sees.
 *
 * <p>Apache's client and not the JDK's, because the JDK's connection repeats a GET whose answer was cut off, unasked.
 */
final class CountedClient extends CloseableHttpClient {
    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    private final CloseableHttpClient client;
    private final CallListener calls;
    private final Rates rates;

    CountedClient(CloseableHttpClient client, CallListener calls, Rates rates) {
        this.client = client;
        this.calls = calls;
        this.rates = rates;
    }

    @Override
    protected CloseableHttpResponse doExecute(HttpHost target, HttpRequest request, HttpContext context)
            throws IOException {
        String verb = verb(request);
        String path = path(request);
        String method = MethodNames.of(verb, path);
        boolean write = MethodNames.writes(verb, method);
        rates.before(method, path);
        CloseableHttpResponse response;
        try {
            response = client.execute(target, request, context);
        } catch (IOException e) {
            calls.called(method, write, word(e));
            throw e;
        }
        int status = response.getStatusLine().getStatusCode();
        calls.called(method, write, String.valueOf(status));
        if (isTooFast(status, response)) {
            rates.refused(method, path);
        }
        return response;
    }

    /** A 403 is read for its reason, and can be read again by whoever made the call. */
    private static boolean isTooFast(int status, CloseableHttpResponse response) throws IOException {
        if (status != TooFast.FORBIDDEN || response.getEntity() == null) {
            return TooFast.isSaid(status, "");
        }
        HttpEntity entity = new BufferedHttpEntity(response.getEntity());
        response.setEntity(entity);
        return TooFast.isSaid(status, EntityUtils.toString(entity, StandardCharsets.UTF_8));
    }

    private static String verb(HttpRequest request) {
        Header override = request.getFirstHeader(METHOD_OVERRIDE);
        return override != null ? override.getValue() : request.getRequestLine().getMethod();
    }

    private static String path(HttpRequest request) {
        String uri = request instanceof HttpUriRequest typed
                ? typed.getURI().toString()
                : request.getRequestLine().getUri();
        String path = URI.create(uri).getRawPath();
        return path == null ? "/" : path;
    }

    private static String word(IOException e) {
        return switch (e) {
            case ConnectTimeoutException _ -> "unreachable";
            case HttpHostConnectException _ -> "unreachable";
            case ConnectException _ -> "unreachable";
            case UnknownHostException _ -> "unreachable";
            case SocketTimeoutException _ -> "timeout";
            default -> "reset";
        };
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    @Override
    @SuppressWarnings("deprecation") // the interface still asks for it
    public org.apache.http.params.HttpParams getParams() {
        return client.getParams();
    }

    @Override
    @SuppressWarnings("deprecation") // the interface still asks for it
    public org.apache.http.conn.ClientConnectionManager getConnectionManager() {
        return client.getConnectionManager();
    }
}
