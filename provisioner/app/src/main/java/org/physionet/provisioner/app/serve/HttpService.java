package org.physionet.provisioner.app.serve;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.net.URI;
import java.util.Set;
import java.util.function.Supplier;
import org.physionet.provisioner.app.cli.Problem;
import org.physionet.provisioner.app.cli.WorkFailed;
import org.physionet.provisioner.app.config.ServeSettings;

/**
 * Health and metrics over HTTP, for this machine alone. Holds nothing of a person: counts, and the names of providers,
 * layouts and methods.
 */
final class HttpService implements AutoCloseable {
    /** A page in somebody's browser can make it ask any name that leads here; we answer to our own. */
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Javalin server;
    private final ServeSettings settings;

    private HttpService(Javalin server, ServeSettings settings) {
        this.server = server;
        this.settings = settings;
    }

    /** @throws WorkFailed if the port is taken */
    static HttpService start(ServeSettings settings, Supplier<Readiness.State> readiness, Metrics metrics) {
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.concurrency.useVirtualThreads = true;
            config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
            config.routes.before(ctx -> refuseOtherNames(ctx, settings));
            config.routes.get(
                    "/health/live", ctx -> ctx.contentType("application/json").result("{\"status\":\"live\"}"));
            config.routes.get("/health/ready", ctx -> {
                Readiness.State state = readiness.get();
                ctx.status(state.ready() ? 200 : 503)
                        .contentType("application/json")
                        .result(state.document().toString());
            });
            config.routes.get(
                    "/metrics", ctx -> ctx.contentType(Metrics.CONTENT_TYPE).result(metrics.text()));
        });
        try {
            return new HttpService(server.start(settings.address(), settings.port()), settings);
        } catch (RuntimeException e) {
            server.stop();
            throw new WorkFailed(
                    Problem.of("The service can not listen on " + settings.address() + " port " + settings.port() + ": "
                                    + e.getMessage())
                            .next("set serve.port to a free port, or to 0 for any"),
                    e);
        }
    }

    private static void refuseOtherNames(Context ctx, ServeSettings settings) {
        String host = String.valueOf(ctx.host()).replaceFirst(":\\d+$", "");
        if (!OWN_NAMES.contains(host) && !host.equals(settings.address())) {
            throw new HttpResponseException(421, "expected a loopback name as Host");
        }
    }

    URI address() {
        String host = settings.address().contains(":") ? "[" + settings.address() + "]" : settings.address();
        return URI.create("http://" + host + ":" + server.port());
    }

    @Override
    public void close() {
        server.stop();
    }
}
