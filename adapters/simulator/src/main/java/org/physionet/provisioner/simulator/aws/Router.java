package org.physionet.provisioner.simulator.aws;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.aws.athena.AthenaService;
import org.physionet.provisioner.simulator.aws.call.Route;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.call.Service;
import org.physionet.provisioner.simulator.aws.control.S3ControlService;
import org.physionet.provisioner.simulator.aws.iam.IamService;
import org.physionet.provisioner.simulator.aws.kms.KmsService;
import org.physionet.provisioner.simulator.aws.organizations.OrganizationsService;
import org.physionet.provisioner.simulator.aws.s3.S3Service;
import org.physionet.provisioner.simulator.aws.signature.Signing;
import org.physionet.provisioner.simulator.aws.sts.StsService;
import org.physionet.provisioner.simulator.aws.trail.CloudTrailService;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.ErrorForm;
import org.physionet.provisioner.simulator.aws.wire.Percent;
import org.physionet.provisioner.simulator.aws.wire.Query;

/**
 * Tells AWS's requests from others and its services apart: by the signature's scope, for unsigned requests by host and path. An
 * unsigned request on the simulator's own address is S3's only if its path starts with the name of a bucket that exists.
 */
final class Router {
    private static final Pattern AWS_HOST = Pattern.compile("(.+\\.)?amazonaws\\.com(:\\d+)?");
    private static final Pattern LOCAL_BUCKET_HOST = Pattern.compile("(.+)\\.(127\\.0\\.0\\.1|localhost)(:\\d+)?");

    private final Scene scene;
    private final Service s3;
    private final Service s3control;
    private final Service iam;
    private final Service sts;
    private final Service kms;
    private final Service trail;
    private final Service organizations;
    private final Service athena;

    Router(Scene scene) {
        this.scene = scene;
        this.s3 = new S3Service(scene);
        this.s3control = new S3ControlService(scene);
        this.iam = new IamService(scene);
        this.sts = new StsService(scene);
        this.kms = new KmsService(scene);
        this.trail = new CloudTrailService(scene);
        this.organizations = new OrganizationsService(scene);
        this.athena = new AthenaService(scene);
    }

    /** Empty if the request is not for AWS. */
    Optional<Route> route(Request request) {
        boolean signed =
                request.header("authorization").filter(a -> a.startsWith("AWS")).isPresent()
                        || request.rawQuery().contains("X-Amz-Algorithm=")
                        || request.rawQuery().contains("AWSAccessKeyId=");
        if (signed) {
            return Optional.of(signed(request));
        }
        if (request.header("authorization").isPresent()) {
            return Optional.empty();
        }
        return unsigned(request);
    }

    private Route signed(Request request) {
        try {
            String service = Signing.of(request).map(Signing::service).orElse("s3");
            return to(service, request);
        } catch (AwsException e) {
            return Route.to("s3.Unreadable", ErrorForm.S3, e);
        }
    }

    private Optional<Route> unsigned(Request request) {
        String host = request.header("host").orElse(request.host()).toLowerCase(Locale.ROOT);
        if (AWS_HOST.matcher(host).matches()) {
            String service = host.startsWith("sts.") ? "sts" : host.startsWith("iam.") ? "iam" : "s3";
            return Optional.of(to(service, request));
        }
        if (LOCAL_BUCKET_HOST.matcher(host).matches()) {
            return Optional.of(to("s3", request));
        }
        if (request.rawPath().equals("/") && query(request).has("Action")) {
            return Optional.of(to("sts", request));
        }
        String first = Percent.decode(request.rawPath().replaceFirst("^/", "").replaceFirst("/.*", ""));
        boolean bucket = scene.state().buckets().containsKey(first) || first.startsWith("arn:aws:s3:");
        return bucket ? Optional.of(to("s3", request)) : Optional.empty();
    }

    private Route to(String service, Request request) {
        Query query = query(request);
        return switch (service) {
            case "s3" ->
                request.rawPath().startsWith(S3ControlService.ROOT)
                        ? s3control.route(request, query)
                        : s3.route(request, query);
            case "iam" -> iam.route(request, query);
            case "sts" -> sts.route(request, query);
            case "kms" -> kms.route(request, query);
            case "cloudtrail" -> trail.route(request, query);
            case "organizations" -> organizations.route(request, query);
            case "athena" -> athena.route(request, query);
            default -> Route.missing(service + "." + query.get("Action").orElse(request.rawPath()), ErrorForm.QUERY);
        };
    }

    /** With the fields of a form, which is how the query protocol sends its parameters. */
    static Query query(Request request) {
        Query query = Query.of(request.rawQuery());
        boolean form = request.header("content-type").orElse("").startsWith("application/x-www-form-urlencoded");
        if (!form || !request.rawPath().equals("/")) {
            return query;
        }
        java.util.List<Query.Parameter> all = new java.util.ArrayList<>(query.parameters());
        all.addAll(
                Query.form(new String(request.body(), StandardCharsets.UTF_8)).parameters());
        return new Query(all);
    }
}
