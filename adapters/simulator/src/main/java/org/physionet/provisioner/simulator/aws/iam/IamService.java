package org.physionet.provisioner.simulator.aws.iam;

import java.util.Map;
import java.util.TreeMap;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.aws.call.AwsCall;
import org.physionet.provisioner.simulator.aws.call.Route;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.call.Service;
import org.physionet.provisioner.simulator.aws.policy.PolicyGrammarException;
import org.physionet.provisioner.simulator.aws.wire.AwsException;
import org.physionet.provisioner.simulator.aws.wire.ErrorForm;
import org.physionet.provisioner.simulator.aws.wire.Query;
import org.physionet.provisioner.simulator.aws.wire.Xml;

/** IAM by its query protocol: the {@code Action} parameter names the method. */
public final class IamService implements Service {
    private static final String NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/";

    private final Scene scene;
    private final Map<String, IamAction> actions = new TreeMap<>();

    public IamService(Scene scene) {
        this.scene = scene;
        Users.addTo(actions);
        Roles.addTo(actions);
        Policies.addTo(actions);
        PolicySimulation.addTo(actions);
    }

    @Override
    public Route route(Request request, Query query) {
        String name = query.get("Action").orElse("");
        IamAction action = actions.get(name);
        return action == null
                ? Route.missing("iam." + name, ErrorForm.QUERY)
                : new Route("iam." + name, action.kind(), ErrorForm.QUERY, call -> perform(name, action, call));
    }

    private Response perform(String name, IamAction action, AwsCall aws) {
        IamCall call = new IamCall(aws, scene, scene.state().account(aws.known().account()));
        call.require(name, action.resource().apply(call));
        try {
            return Response.xml(
                    200,
                    Xml.document(
                            name + "Response",
                            NAMESPACE,
                            xml -> xml.element(
                                            name + "Result",
                                            result -> action.body().accept(call, result))
                                    .element("ResponseMetadata", m -> m.text("RequestId", scene.requestId()))));
        } catch (PolicyGrammarException e) {
            String detail = e.detail() == null ? "" : ": " + e.detail();
            throw new AwsException(400, "MalformedPolicyDocument", e.getMessage() + detail);
        }
    }
}
