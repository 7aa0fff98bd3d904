package org.physionet.provisioner.simulator.aws.control;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.Authorization;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.policy.RequestContext;
import org.physionet.provisioner.simulator.aws.state.AccessPoint;
import org.physionet.provisioner.simulator.aws.state.Account;
import org.physionet.provisioner.simulator.aws.state.Bucket;
import org.physionet.provisioner.simulator.aws.state.PublicAccessBlock;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.Xml;

/**
 * A call on one's own account: the account named in the host's first part or in {@code x-amz-account-id} must be the caller's, since
 * this API does not work across accounts (facts/aws.md A1.1).
 */
public record ControlCall(AwsCall aws, Scene scene, Account account) {
    public static final String NAMESPACE = "http://awss3control.amazonaws.com/doc/2018-08-20/";

    private static final Pattern ACCOUNT_HOST = Pattern.compile("(\\d{12})\\..*");

    public static ControlCall of(AwsCall call, Scene scene) {
        String named = named(call);
        if (!call.known().account().equals(named)) {
            throw new AwsException(403, "AccessDenied", "Access Denied");
        }
        return new ControlCall(call, scene, scene.state().account(named));
    }

    /** The account that a request is about. */
    public static String named(AwsCall call) {
        return call.header("x-amz-account-id").orElseGet(() -> fromHost(call));
    }

    private static String fromHost(AwsCall call) {
        String host = call.header("host").orElse(call.request().host()).toLowerCase(Locale.ROOT);
        Matcher matcher = ACCOUNT_HOST.matcher(host);
        if (!matcher.matches()) {
            throw new AwsException(400, "InvalidRequest", "Missing required header for this request: x-amz-account-id");
        }
        return matcher.group(1);
    }

    void require(String action, String resource) {
        // Access points for a VPC only are not simulated.
        RequestContext keys = RequestContext.empty().with("s3:AccessPointNetworkOrigin", "Internet");
        RequestContext all = resource.contains(":accesspoint/")
                ? keys.with("s3:DataAccessPointArn", resource).with("s3:DataAccessPointAccount", account.id())
                : RequestContext.empty();
        new Authorization(scene).require(aws, action, resource, "AccessDenied", all);
    }

    String arn(String accessPoint) {
        return "arn:aws:s3:" + aws.region() + ":" + account.id() + ":accesspoint/" + accessPoint;
    }

    AccessPoint accessPoint(String name) {
        return account.accessPoint(aws.region(), name)
                .orElseThrow(
                        () -> new AwsException(404, "NoSuchAccessPoint", "The specified accesspoint does not exist")
                                .with("AccessPointName", name));
    }

    /** On for the access point, its bucket, or the account (S3 user guide, "Blocking public access", BlockPublicPolicy). */
    boolean blocksPublicPolicy(AccessPoint point) {
        Bucket bucket = scene.state().buckets().get(point.bucket());
        return point.block().blockPublicPolicy()
                || (bucket != null
                        && bucket.block()
                                .stored()
                                .map(PublicAccessBlock::blockPublicPolicy)
                                .orElse(false))
                || account.block()
                        .stored()
                        .map(PublicAccessBlock::blockPublicPolicy)
                        .orElse(false);
    }

    public static Response answer(String root, Consumer<Xml> content) {
        return Response.xml(200, Xml.document(root, NAMESPACE, content));
    }
}
