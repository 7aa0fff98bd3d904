package org.physionet.provisioner.simulator.aws.s3;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.physionet.provisioner.simulator.Operation.Kind;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.Route;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.call.Service;
import org.physionet.provisioner.simulator.aws.wire.ErrorForm;
import org.physionet.provisioner.simulator.aws.wire.Query;

/** Finds what an S3 request asks for by its verb, its sub-resource and whether it names a key (S3 API reference). */
public final class S3Service implements Service {
    /** Sub-resources of objects and buckets that AWS has and the simulator has not; without this list they would look like reads. */
    private static final List<String> UNSIMULATED = List.of(
            "uploads",
            "uploadId",
            "partNumber",
            "restore",
            "select",
            "torrent",
            "retention",
            "legal-hold",
            "attributes",
            "analytics",
            "inventory",
            "metrics",
            "intelligent-tiering",
            "session",
            "metadataTable",
            "abac");

    private final Scene scene;
    private final BucketCalls buckets;
    private final AclCalls acls;
    private final BucketPolicyCalls policies;
    private final ObjectReads reads = new ObjectReads();
    private final ObjectWrites writes;
    private final Listings listings = new Listings();

    public S3Service(Scene scene) {
        this.scene = scene;
        this.buckets = new BucketCalls(scene);
        this.acls = new AclCalls(scene);
        this.policies = new BucketPolicyCalls(scene);
        this.writes = new ObjectWrites(scene);
    }

    @Override
    public Route route(Request request, Query query) {
        Address address = Address.of(request);
        String http = request.method();
        if (address.container().isEmpty()) {
            return http.equals("GET")
                    ? route("s3.ListBuckets", Kind.READ, buckets::list)
                    : Route.missing("s3." + http + "Service", ErrorForm.S3);
        }
        Optional<String> absent = UNSIMULATED.stream().filter(query::has).findFirst();
        if (absent.isPresent()) {
            return Route.missing("s3." + http + "?" + absent.get(), ErrorForm.S3);
        }
        return address.key().isEmpty()
                ? ofBucket(http, query, address.container().get())
                : ofObject(http, query, request, address);
    }

    private Route ofBucket(String http, Query query, Address.Container container) {
        Address address = new Address(Optional.of(container), "");
        Optional<BucketConfiguration> configuration = query.parameters().stream()
                .flatMap(p -> BucketConfiguration.named(p.name()).stream())
                .findFirst();
        if (configuration.isPresent()) {
            return ofConfiguration(http, configuration.get(), address);
        }
        if (query.has("policyStatus")) {
            return on("s3.GetBucketPolicyStatus", Kind.READ, address, policies::status);
        }
        if (query.has("policy")) {
            return switch (http) {
                case "GET" -> on("s3.GetBucketPolicy", Kind.READ, address, policies::get);
                case "PUT" -> on("s3.PutBucketPolicy", Kind.WRITE, address, policies::put);
                default -> on("s3.DeleteBucketPolicy", Kind.WRITE, address, policies::delete);
            };
        }
        if (query.has("publicAccessBlock")) {
            return switch (http) {
                case "GET" -> on("s3.GetPublicAccessBlock", Kind.READ, address, policies::getBlock);
                case "PUT" -> on("s3.PutPublicAccessBlock", Kind.WRITE, address, policies::putBlock);
                default -> on("s3.DeletePublicAccessBlock", Kind.WRITE, address, policies::deleteBlock);
            };
        }
        if (query.has("location")) {
            return on("s3.GetBucketLocation", Kind.READ, address, buckets::location);
        }
        if (query.has("acl")) {
            return http.equals("GET")
                    ? on("s3.GetBucketAcl", Kind.READ, address, acls::ofBucket)
                    : on("s3.PutBucketAcl", Kind.WRITE, address, acls::putOnBucket);
        }
        return switch (http) {
            case "HEAD" -> on("s3.HeadBucket", Kind.READ, address, buckets::head);
            case "DELETE" -> on("s3.DeleteBucket", Kind.WRITE, address, buckets::delete);
            case "PUT" ->
                container instanceof Address.Container.Named named
                        ? route("s3.CreateBucket", Kind.WRITE, call -> buckets.create(call, named.name()))
                        : Route.missing("s3.PutAccessPoint", ErrorForm.S3);
            case "POST" ->
                query.has("delete")
                        ? on("s3.DeleteObjects", Kind.WRITE, address, writes::deleteSeveral)
                        : Route.missing("s3.PostObject", ErrorForm.S3);
            default -> listing(query, address);
        };
    }

    private Route listing(Query query, Address address) {
        if (query.has("versions")) {
            return on("s3.ListObjectVersions", Kind.READ, address, VersionListing::list);
        }
        return query.get("list-type").filter("2"::equals).isPresent()
                ? on("s3.ListObjectsV2", Kind.READ, address, listings::second)
                : on("s3.ListObjects", Kind.READ, address, listings::first);
    }

    private Route ofConfiguration(String http, BucketConfiguration configuration, Address address) {
        String method = configuration.method(http);
        return switch (http) {
            case "GET" -> on(method, Kind.READ, address, c -> policies.getConfiguration(c, configuration));
            case "PUT" -> on(method, Kind.WRITE, address, c -> policies.putConfiguration(c, configuration));
            default -> on(method, Kind.WRITE, address, c -> policies.deleteConfiguration(c, configuration));
        };
    }

    private Route ofObject(String http, Query query, Request request, Address address) {
        if (query.has("tagging")) {
            return http.equals("GET")
                    ? on("s3.GetObjectTagging", Kind.READ, address, S3Service::noTags)
                    : Route.missing("s3." + http + "ObjectTagging", ErrorForm.S3);
        }
        if (query.has("acl")) {
            return http.equals("GET")
                    ? on("s3.GetObjectAcl", Kind.READ, address, acls::ofObject)
                    : on("s3.PutObjectAcl", Kind.WRITE, address, acls::putOnObject);
        }
        return switch (http) {
            case "GET" -> on("s3.GetObject", Kind.READ, address, reads::get);
            case "HEAD" -> on("s3.HeadObject", Kind.READ, address, reads::head);
            case "DELETE" -> on("s3.DeleteObject", Kind.WRITE, address, writes::delete);
            case "PUT" ->
                request.header("x-amz-copy-source").isPresent()
                        ? on("s3.CopyObject", Kind.WRITE, address, writes::copy)
                        : on("s3.PutObject", Kind.WRITE, address, writes::put);
            default -> Route.missing("s3." + http + "Object", ErrorForm.S3);
        };
    }

    private static Response noTags(S3Call call) {
        call.require("s3:GetObjectTagging");
        ObjectReads.find(call);
        return Response.xml(200, "<Tagging xmlns=\"" + BucketCalls.NAMESPACE + "\"><TagSet/></Tagging>");
    }

    private static Route route(String method, Kind kind, Function<AwsCall, Response> handler) {
        return new Route(method, kind, ErrorForm.S3, handler::apply);
    }

    /** A call on an existing container: found, and its owner compared with the expected one, before anything else. */
    private Route on(String method, Kind kind, Address address, Function<S3Call, Response> handler) {
        return route(method, kind, aws -> {
            Place place = Place.of(address.container().orElseThrow(), aws.region(), scene.state());
            S3Call call = new S3Call(aws, scene, place, address.key());
            call.checkExpectedOwner();
            return handler.apply(call);
        });
    }
}
