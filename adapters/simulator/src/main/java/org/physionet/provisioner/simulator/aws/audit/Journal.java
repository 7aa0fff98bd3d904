package org.physionet.provisioner.simulator.aws.audit;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.Route;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.control.ControlCall;
import org.physionet.provisioner.simulator.aws.policy.Caller;
import org.physionet.provisioner.simulator.aws.s3.Addressed;
import org.physionet.provisioner.simulator.aws.state.StoredObject;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Query;

/** The calls that were answered, oldest first; the newest {@value #MOST}. It is no part of the state: a loaded world begins an empty one. */
public final class Journal {
    private static final int MOST = 100_000;

    private final Scene scene;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final Deque<Entry> forAccessLogs = new ArrayDeque<>();
    private final Deque<Entry> forTrails = new ArrayDeque<>();

    public Journal(Scene scene) {
        this.scene = scene;
    }

    /**
     * @param call null if the signature led to nobody
     * @param error null if the call succeeded
     */
    public void write(
            String requestId,
            Route route,
            Request request,
            Query query,
            @Nullable AwsCall call,
            Response response,
            @Nullable AwsException error) {
        boolean ofS3 = route.method().startsWith("s3.");
        Optional<Addressed> addressed = ofS3
                ? Addressed.of(request, call == null ? "us-east-1" : call.region(), scene.state())
                : Optional.empty();
        OptionalLong size = addressed.stream()
                .filter(a -> !a.key().isEmpty())
                .flatMap(a -> Optional.ofNullable(a.place().bucket().objects().get(a.key())).stream())
                .map(StoredObject::data)
                .mapToLong(data -> data.length)
                .findFirst();
        Entry entry = new Entry(
                scene.now(),
                requestId,
                route.method(),
                route.kind(),
                withoutBody(request),
                query,
                call,
                addressed,
                account(route, call, addressed),
                response.status(),
                error == null ? "" : error.code(),
                error == null ? "" : String.valueOf(error.getMessage()),
                request.method().equals("HEAD") ? 0 : response.body().length,
                size);
        List.of(entries, forAccessLogs, forTrails).forEach(deque -> {
            deque.addLast(entry);
            if (deque.size() > MOST) {
                deque.removeFirst();
            }
        });
    }

    /** Objects would otherwise be kept alive by the journal. */
    private static Request withoutBody(Request request) {
        boolean small = request.body().length < 64 * 1024;
        return small
                ? request
                : new Request(
                        request.method(),
                        request.host(),
                        request.rawPath(),
                        request.rawQuery(),
                        request.headers(),
                        new byte[0]);
    }

    private String account(Route route, @Nullable AwsCall call, Optional<Addressed> addressed) {
        if (addressed.isPresent()) {
            return addressed.get().place().bucket().account();
        }
        if (call == null || !(call.caller() instanceof Caller.Known known)) {
            return scene.world().awsAccount();
        }
        boolean control = route.method().startsWith("s3control.");
        try {
            return control ? ControlCall.named(call) : known.account();
        } catch (AwsException e) {
            return known.account();
        }
    }

    /** What has not been taken yet for server access logs and is not newer than a time. */
    List<Entry> takeForAccessLogs(Instant until) {
        return take(forAccessLogs, until);
    }

    /** What has not been taken yet for CloudTrail and is not newer than a time. */
    List<Entry> takeForTrails(Instant until) {
        return take(forTrails, until);
    }

    private static List<Entry> take(Deque<Entry> waiting, Instant until) {
        List<Entry> taken = new ArrayList<>();
        while (!waiting.isEmpty() && !waiting.getFirst().time().isAfter(until)) {
            taken.add(waiting.removeFirst());
        }
        return taken;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }
}
