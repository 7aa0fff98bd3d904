package org.physionet.provisioner.simulator.aws.control;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.Route;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.call.Service;
import org.physionet.provisioner.simulator.aws.grants.AccessGrantsService;
import org.physionet.provisioner.simulator.aws.wire.ErrorForm;
import org.physionet.provisioner.simulator.aws.wire.Percent;
import org.physionet.provisioner.simulator.aws.wire.Query;

/** Finds what an S3 Control request asks for by its path below {@code /v20180820/} (S3 API reference, "Amazon S3 Control"). */
public final class S3ControlService implements Service {
    public static final String ROOT = "/v20180820/";

    private final Scene scene;
    private final AccessPointCalls points = new AccessPointCalls();
    private final AccessPointPolicyCalls policies;
    private final AccessGrantsService grants;

    public S3ControlService(Scene scene) {
        this.scene = scene;
        this.policies = new AccessPointPolicyCalls(scene);
        this.grants = new AccessGrantsService(scene);
    }

    @Override
    public Route route(Request request, Query query) {
        String http = request.method();
        String path = request.rawPath().substring(ROOT.length());
        String[] parts = path.split("/", -1);
        Optional<Route> route = switch (parts[0]) {
            case "configuration" -> path.equals("configuration/publicAccessBlock") ? block(http) : Optional.empty();
            case "accesspoint" -> accessPoint(http, parts);
            case "accessgrantsinstance", "accessgrantsinstances", "tags" -> grants.route(http, path);
            default -> Optional.empty();
        };
        return route.orElseGet(() -> Route.missing("s3control." + http + "/" + parts[0], ErrorForm.S3_CONTROL));
    }

    private Optional<Route> block(String http) {
        return switch (http) {
            case "GET" -> on("GetPublicAccessBlock", Kind.READ, policies::getBlock);
            case "PUT" -> on("PutPublicAccessBlock", Kind.WRITE, policies::putBlock);
            case "DELETE" -> on("DeletePublicAccessBlock", Kind.WRITE, policies::deleteBlock);
            default -> Optional.empty();
        };
    }

    private Optional<Route> accessPoint(String http, String[] parts) {
        if (parts.length == 1) {
            return http.equals("GET") ? on("ListAccessPoints", Kind.READ, points::list) : Optional.empty();
        }
        String name = Percent.decode(parts[1]);
        String below = parts.length == 2 ? "" : parts[2];
        return switch (http + " " + below) {
            case "PUT " -> named("CreateAccessPoint", Kind.WRITE, name, points::create);
            case "GET " -> named("GetAccessPoint", Kind.READ, name, points::get);
            case "DELETE " -> named("DeleteAccessPoint", Kind.WRITE, name, points::delete);
            case "PUT policy" -> named("PutAccessPointPolicy", Kind.WRITE, name, policies::put);
            case "GET policy" -> named("GetAccessPointPolicy", Kind.READ, name, policies::get);
            case "DELETE policy" -> named("DeleteAccessPointPolicy", Kind.WRITE, name, policies::delete);
            case "GET policyStatus" -> named("GetAccessPointPolicyStatus", Kind.READ, name, policies::status);
            default -> Optional.empty();
        };
    }

    private Optional<Route> named(
            String method, Kind kind, String name, BiFunction<ControlCall, String, Response> handler) {
        return on(method, kind, call -> handler.apply(call, name));
    }

    private Optional<Route> on(String method, Kind kind, Function<ControlCall, Response> handler) {
        return Optional.of(new Route(
                "s3control." + method, kind, ErrorForm.S3_CONTROL, call -> handler.apply(ControlCall.of(call, scene))));
    }
}
