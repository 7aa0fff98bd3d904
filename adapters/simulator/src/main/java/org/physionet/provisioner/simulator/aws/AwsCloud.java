package org.physionet.provisioner.simulator.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.Optional;
import org.physionet.provisioner.simulator.Fields;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.Operation;
import org.physionet.provisioner.simulator.Request;
import org.physionet.provisioner.simulator.Response;
import org.physionet.provisioner.simulator.SimulatedCloud;
import org.physionet.provisioner.simulator.World;
import org.physionet.provisioner.simulator.aws.audit.Delivery;
import org.physionet.provisioner.simulator.aws.audit.Journal;
import org.physionet.provisioner.simulator.aws.call.Authentication;
import org.physionet.provisioner.simulator.aws.call.Scene;
import org.physionet.provisioner.simulator.aws.state.AwsState;
import org.physionet.provisioner.simulator.aws.state.StateReader;
import org.physionet.provisioner.simulator.aws.state.StateWriter;

/**
 * Amazon's cloud as far as access to data is concerned, on its real wire protocols: several accounts, S3 with policies and access
 * points, IAM, STS. What it does, from which source, and what it leaves out is in CONFORMANCE-aws.md.
 */
public final class AwsCloud implements SimulatedCloud {
    private final World world;
    private final InstantSource machine;
    private Land land;

    /** What hangs on one state; a new state brings a new one. */
    private record Land(
            Scene scene, Router router, Authentication authentication, Journal journal, Delivery delivery) {}

    public AwsCloud(World world) {
        this(world, InstantSource.system());
    }

    /** @param machine by which the dates of signatures are judged; clients sign by their machine's clock, whatever the world's says */
    public AwsCloud(World world, InstantSource machine) {
        this.world = world;
        this.machine = machine;
        this.land = land(new AwsState());
    }

    private Land land(AwsState state) {
        Scene scene = new Scene(world, state);
        Journal journal = new Journal(scene);
        return new Land(
                scene, new Router(scene), new Authentication(scene, machine), journal, new Delivery(scene, journal));
    }

    @Override
    public String provider() {
        return "aws";
    }

    @Override
    public Optional<Operation> recognise(Request request) {
        return operation(request).map(operation -> new OnTheStateOfTheMoment(request, operation));
    }

    private Optional<AwsOperation> operation(Request request) {
        Land now = land;
        return now.router()
                .route(request)
                .map(route -> new AwsOperation(now.scene(), now.authentication(), request, route, now.journal()));
    }

    /** A state may be loaded between recognising a call and performing it, while latency is waited for. */
    private final class OnTheStateOfTheMoment implements Operation {
        private final Request request;
        private final AwsOperation recognised;

        OnTheStateOfTheMoment(Request request, AwsOperation recognised) {
            this.request = request;
            this.recognised = recognised;
        }

        @Override
        public String method() {
            return recognised.method();
        }

        @Override
        public Kind kind() {
            return recognised.kind();
        }

        /** The very same scene, not an equal one: a loaded or reset world is another one even if it looks alike. */
        @Override
        @SuppressWarnings("ReferenceEquality")
        public Response perform() {
            land.delivery().deliver();
            boolean same = recognised.scene() == land.scene();
            return same
                    ? recognised.perform()
                    : operation(request).orElse(recognised).perform();
        }

        @Override
        public Response refuse(int status, String reason) {
            return recognised.refuse(status, reason);
        }
    }

    @Override
    public Verdict canRead(String principal, String resource) {
        return new Readability(land.scene(), land.authentication()).canRead(principal, resource);
    }

    @Override
    public boolean ownsScheme(String scheme) {
        return scheme.equals("s3");
    }

    @Override
    public ObjectNode dump() {
        land.delivery().deliver();
        return StateWriter.write(land.scene().state());
    }

    /** {@code access-log} of a bucket and {@code cloudtrail} of an account: what was written down, delivered or not. */
    @Override
    public Optional<ObjectNode> control(String name, ObjectNode body) {
        Fields fields = Fields.of("aws " + name, body);
        ObjectNode answer;
        switch (name) {
            case "access-log" -> {
                answer = Json.MAPPER.createObjectNode();
                land.delivery().lines(fields.text("bucket")).forEach(answer.putArray("lines")::add);
            }
            case "cloudtrail" ->
                answer = land.delivery().events(fields.optionalText("account").orElse(world.awsAccount()));
            default -> {
                return Optional.empty();
            }
        }
        fields.end();
        return Optional.of(answer);
    }

    @Override
    public void load(ObjectNode state) {
        land = land(StateReader.read(world, state));
    }

    @Override
    public void reset() {
        land = land(new AwsState());
    }
}
