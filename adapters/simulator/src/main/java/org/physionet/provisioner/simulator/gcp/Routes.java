package org.physionet.provisioner.simulator.gcp;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.physionet.provisioner.simulator.Operation;
import org.physionet.provisioner.simulator.Request;

/** All methods that are simulated, and which requests are for Google at all. */
final class Routes {
    static final List<Route> ALL = Stream.of(
                    BucketsApi.routes(),
                    BucketIamApi.routes(),
                    ObjectsApi.routes(),
                    UploadsApi.routes(),
                    DatasetsApi.routes(),
                    DatasetIamApi.routes(),
                    JobsApi.routes(),
                    TablesApi.routes(),
                    AccessControlsApi.routes(),
                    ResourceManagerApi.routes(),
                    OrganizationPolicyApi.routes(),
                    ServiceUsageApi.routes(),
                    DirectoryGroupsApi.routes(),
                    DirectoryMembersApi.routes(),
                    GroupsSettingsApi.routes(),
                    IdentitySecurityApi.routes(),
                    IdentityMembershipsApi.routes(),
                    IdentityGroupsApi.routes(),
                    KeysApi.routes(),
                    DiscoveryApi.routes())
            .flatMap(List::stream)
            .toList();

    /** Only Google has these paths; everything else on the port may be another provider's. */
    private static final Map<String, Service> PREFIXES = Map.ofEntries(
            Map.entry("/storage/v1/", Service.STORAGE),
            Map.entry("/upload/storage/v1/", Service.STORAGE),
            Map.entry("/download/storage/v1/", Service.STORAGE),
            Map.entry("/batch/storage/", Service.STORAGE),
            Map.entry("/batch/bigquery/", Service.BIGQUERY),
            Map.entry("/bigquery/v2/", Service.BIGQUERY),
            Map.entry("/upload/bigquery/v2/", Service.BIGQUERY),
            Map.entry("/$discovery/", Service.BIGQUERY),
            Map.entry("/discovery/v1/apis", Service.BIGQUERY),
            Map.entry("/v1/projects", Service.RESOURCE_MANAGER),
            Map.entry("/v2/projects", Service.RESOURCE_MANAGER),
            Map.entry("/v3/projects", Service.RESOURCE_MANAGER),
            Map.entry("/v1/folders", Service.RESOURCE_MANAGER),
            Map.entry("/v3/folders", Service.RESOURCE_MANAGER),
            Map.entry("/v1/organizations", Service.RESOURCE_MANAGER),
            Map.entry("/v3/organizations", Service.RESOURCE_MANAGER),
            Map.entry("/admin/directory/v1/", Service.DIRECTORY),
            Map.entry("/groups/v1/groups/", Service.DIRECTORY),
            Map.entry("/v1/groups", Service.CLOUD_IDENTITY));

    private Routes() {}

    static Optional<Operation> recognise(Request request, Supplier<GoogleState> state) {
        if (signedForAws(request)) {
            return Optional.empty();
        }
        String method = Call.method(request);
        for (Route route : ALL) {
            Optional<Map<String, String>> variables = route.match(method, request.rawPath());
            if (variables.isPresent()) {
                return Optional.of(new GoogleOperation(route, request, variables.get(), state));
            }
        }
        return PREFIXES.entrySet().stream()
                .filter(prefix -> request.rawPath().startsWith(prefix.getKey()))
                .findFirst()
                .map(prefix -> new GoogleOperation(unknown(prefix.getValue(), method), request, Map.of(), state));
    }

    /** A bucket of S3 may be called {@code storage}. */
    private static boolean signedForAws(Request request) {
        return request.header("authorization").orElse("").startsWith("AWS4-")
                || request.rawQuery().contains("X-Amz-Signature=");
    }

    private static Route unknown(Service service, String method) {
        Operation.Kind kind =
                method.equals("GET") || method.equals("HEAD") ? Operation.Kind.READ : Operation.Kind.WRITE;
        return new Route(service, method, "", "unknown", kind, (state, call) -> {
            throw new GoogleError(
                    501,
                    "notImplemented",
                    method + " " + call.request().rawPath()
                            + " is not simulated; CONFORMANCE.md lists the methods that are");
        });
    }
}
