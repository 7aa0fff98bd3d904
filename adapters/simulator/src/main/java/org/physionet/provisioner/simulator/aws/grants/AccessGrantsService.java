package org.physionet.provisioner.simulator.aws.grants;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.Route;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.wire.ErrorForm;
import org.physionet.provisioner.simulator.aws.wire.Percent;

/** Finds what a request below {@code /v20180820/accessgrantsinstance} asks for (S3 API reference, "Amazon S3 Control"). */
public final class AccessGrantsService {
    private final Scene scene;
    private final DataAccessCalls dataAccess;

    public AccessGrantsService(Scene scene) {
        this.scene = scene;
        this.dataAccess = new DataAccessCalls(scene);
    }

    /** @param path below {@code /v20180820/} */
    public Optional<Route> route(String http, String path) {
        String[] parts = path.split("/", -1);
        if (parts[0].equals("tags")) {
            return tags(http, Percent.decode(path.substring("tags/".length())));
        }
        String below = parts.length > 1 ? parts[1] : "";
        if (parts.length == 3 && below.equals("grant")) {
            return grant(http, parts[2]);
        }
        if (parts.length == 3 && below.equals("location")) {
            return location(http, parts[2]);
        }
        return whole(http + " " + path.replaceFirst("^accessgrantsinstance(/|$)", ""));
    }

    private Optional<Route> whole(String call) {
        return switch (call) {
            case "GET accessgrantsinstances" -> own("ListAccessGrantsInstances", Kind.READ, InstanceCalls::list);
            case "POST " -> own("CreateAccessGrantsInstance", Kind.WRITE, InstanceCalls::create);
            case "GET " -> own("GetAccessGrantsInstance", Kind.READ, InstanceCalls::get);
            case "DELETE " -> own("DeleteAccessGrantsInstance", Kind.WRITE, InstanceCalls::delete);
            case "GET prefix" -> own("GetAccessGrantsInstanceForPrefix", Kind.READ, InstanceCalls::forPrefix);
            case "PUT resourcepolicy" ->
                own("PutAccessGrantsInstanceResourcePolicy", Kind.WRITE, InstanceCalls::putPolicy);
            case "GET resourcepolicy" ->
                own("GetAccessGrantsInstanceResourcePolicy", Kind.READ, InstanceCalls::getPolicy);
            case "DELETE resourcepolicy" ->
                own("DeleteAccessGrantsInstanceResourcePolicy", Kind.WRITE, InstanceCalls::deletePolicy);
            case "POST location" -> own("CreateAccessGrantsLocation", Kind.WRITE, LocationCalls::create);
            case "GET locations" -> any("ListAccessGrantsLocations", Kind.READ, LocationCalls::list);
            case "POST grant" -> own("CreateAccessGrant", Kind.WRITE, GrantCalls::create);
            case "GET grants" -> any("ListAccessGrants", Kind.READ, GrantCalls::list);
            case "GET caller/grants" -> any("ListCallerAccessGrants", Kind.READ, GrantCalls::listCallers);
            case "GET dataaccess" -> any("GetDataAccess", Kind.READ, dataAccess::get);
            default -> Optional.empty();
        };
    }

    private Optional<Route> location(String http, String id) {
        return switch (http) {
            case "GET" -> named("GetAccessGrantsLocation", Kind.READ, id, LocationCalls::get);
            case "PUT" -> named("UpdateAccessGrantsLocation", Kind.WRITE, id, LocationCalls::update);
            case "DELETE" -> named("DeleteAccessGrantsLocation", Kind.WRITE, id, LocationCalls::delete);
            default -> Optional.empty();
        };
    }

    private Optional<Route> grant(String http, String id) {
        return switch (http) {
            case "GET" -> named("GetAccessGrant", Kind.READ, id, GrantCalls::get);
            case "DELETE" -> named("DeleteAccessGrant", Kind.WRITE, id, GrantCalls::delete);
            default -> Optional.empty();
        };
    }

    private Optional<Route> tags(String http, String arn) {
        return switch (http) {
            case "GET" -> named("ListTagsForResource", Kind.READ, arn, Tags::list);
            case "POST" -> named("TagResource", Kind.WRITE, arn, Tags::add);
            case "DELETE" -> named("UntagResource", Kind.WRITE, arn, Tags::remove);
            default -> Optional.empty();
        };
    }

    private Optional<Route> named(
            String method, Kind kind, String id, BiFunction<GrantsCall, String, Response> handler) {
        return own(method, kind, call -> handler.apply(call, id));
    }

    private Optional<Route> own(String method, Kind kind, Function<GrantsCall, Response> handler) {
        return on(method, kind, call -> handler.apply(GrantsCall.own(call, scene)));
    }

    private Optional<Route> any(String method, Kind kind, Function<GrantsCall, Response> handler) {
        return on(method, kind, call -> handler.apply(GrantsCall.any(call, scene)));
    }

    private static Optional<Route> on(String method, Kind kind, Function<AwsCall, Response> handler) {
        return Optional.of(new Route("s3control." + method, kind, ErrorForm.S3_CONTROL, handler::apply));
    }
}
