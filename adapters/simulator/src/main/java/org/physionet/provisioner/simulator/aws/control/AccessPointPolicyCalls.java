package org.physionet.provisioner.simulator.aws.control;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.s3.PublicBlocks;
import org.physionet.provisioner.simulator.aws.s3.ResourcePolicies;
import org.physionet.provisioner.simulator.aws.state.AccessPoint;
import org.physionet.provisioner.simulator.aws.state.PublicAccessBlock;
import org.physionet.provisioner.simulator.aws.state.StoredPolicy;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.XmlBody;

/** Policies of access points, their public status, and the account's public access block. */
final class AccessPointPolicyCalls {
    private final Scene scene;
    private final ResourcePolicies policies;

    AccessPointPolicyCalls(Scene scene) {
        this.scene = scene;
        this.policies = new ResourcePolicies(scene);
    }

    /** Last writer wins: there is no token (facts/aws.md A2.2). */
    Response put(ControlCall call, String name) {
        call.require("s3:PutAccessPointPolicy", call.arn(name));
        AccessPoint point = call.accessPoint(name);
        String text = XmlBody.parse(call.aws().payload()).text("Policy").orElse("");
        StoredPolicy policy =
                policies.accept(text.getBytes(StandardCharsets.UTF_8), point.scope(), call.blocksPublicPolicy(point));
        point.policy()
                .set(Optional.of(policy), scene.now(), scene.state().delays().propagation());
        return Response.empty(200);
    }

    Response get(ControlCall call, String name) {
        call.require("s3:GetAccessPointPolicy", call.arn(name));
        StoredPolicy policy = stored(call.accessPoint(name));
        return ControlCall.answer("GetAccessPointPolicyResult", xml -> xml.text("Policy", policies.show(policy)));
    }

    Response delete(ControlCall call, String name) {
        call.require("s3:DeleteAccessPointPolicy", call.arn(name));
        AccessPoint point = call.accessPoint(name);
        stored(point);
        point.policy().set(Optional.empty(), scene.now(), scene.state().delays().propagation());
        return Response.empty(204);
    }

    Response status(ControlCall call, String name) {
        call.require("s3:GetAccessPointPolicyStatus", call.arn(name));
        StoredPolicy policy = stored(call.accessPoint(name));
        return ControlCall.answer(
                "GetAccessPointPolicyStatusResult",
                xml -> xml.element("PolicyStatus", s -> s.text("IsPublic", policy.isPublic())));
    }

    private static StoredPolicy stored(AccessPoint point) {
        return point.policy()
                .stored()
                .orElseThrow(() -> new AwsException(
                                404, "NoSuchAccessPointPolicy", "The specified accesspoint policy does not exist")
                        .with("AccessPointName", point.name()));
    }

    Response getBlock(ControlCall call) {
        call.require("s3:GetAccountPublicAccessBlock", "*");
        PublicAccessBlock block = call.account().block().stored().orElseThrow(PublicBlocks::none);
        return ControlCall.answer("PublicAccessBlockConfiguration", xml -> PublicBlocks.write(xml, block));
    }

    Response putBlock(ControlCall call) {
        call.require("s3:PutAccountPublicAccessBlock", "*");
        PublicAccessBlock block = PublicBlocks.read(XmlBody.parse(call.aws().payload()));
        call.account()
                .block()
                .set(Optional.of(block), scene.now(), scene.state().delays().propagation());
        return Response.empty(200);
    }

    Response deleteBlock(ControlCall call) {
        call.require("s3:PutAccountPublicAccessBlock", "*");
        call.account()
                .block()
                .set(Optional.empty(), scene.now(), scene.state().delays().propagation());
        return Response.empty(204);
    }
}
