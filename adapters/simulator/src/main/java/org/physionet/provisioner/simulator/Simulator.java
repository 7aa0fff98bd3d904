package org.physionet.provisioner.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A simulated world without sockets: requests in, answers out. One lock makes every operation, control call and state
 * change atomic; waiting (latency, delays) happens outside it. Safe for use by many threads.
 */
public final class Simulator {
    private static final System.Logger LOG = System.getLogger(Simulator.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final SimulatorOptions options;
    private final WorldState state;
    private final Faults faults;
    private final CallCounts counts = new CallCounts();
    private final StaleAnswers staleAnswers = new StaleAnswers();
    private final Control control;

    /** A world with all providers. */
    public Simulator(SimulatorOptions options) {
        this(options, AllClouds::in);
    }

    /** A world with the given providers; a request belongs to the first that recognises it. */
    public Simulator(SimulatorOptions options, Function<World, List<SimulatedCloud>> clouds) {
        this.options = options;
        Random random = new Random(options.seed());
        World world = new World(new SimulatedClock(options.clock()), random, options.accounts(), options.awsAccount());
        this.state = new WorldState(world.clock(), List.copyOf(clouds.apply(world)));
        this.faults = new Faults(random);
        this.faults.add(options.faults());
        this.control = new Control(this);
    }

    /**
     * Answers a provider's call, or a control call under {@code /_simulator/}.
     *
     * @throws AnswerLostException if an injected fault cuts the connection
     */
    public Response handle(Request request) {
        if (Control.claims(request)) {
            return locked(() -> control.answer(request));
        }
        Optional<Call> recognised = locked(() -> recognise(request));
        if (recognised.isEmpty()) {
            return Problem.of(
                    404,
                    request.method() + " " + request.rawPath() + " on host " + request.host()
                            + " belongs to no simulated provider; see CONFORMANCE.md for what is simulated");
        }
        pause(options.latency());
        return answer(recognised.get());
    }

    private Optional<Call> recognise(Request request) {
        for (SimulatedCloud cloud : state.clouds()) {
            Optional<Operation> operation = cloud.recognise(request);
            if (operation.isPresent()) {
                return Optional.of(new Call(
                        request,
                        cloud,
                        operation.get(),
                        faults.strike(operation.get().method())));
            }
        }
        return Optional.empty();
    }

    private Response answer(Call call) {
        if (call.fault().isEmpty()) {
            return locked(() -> counted(call, perform(call, false)));
        }
        Fault fault = call.fault().get();
        if (fault.harmless()) {
            pause(fault.delay());
            return locked(() -> counted(call, perform(call, fault.stale())));
        }
        if (fault.applied()) {
            locked(() -> call.operation().perform());
        }
        pause(fault.delay());
        if (fault.reset()) {
            locked(() -> {
                counts.count(call.cloud().provider(), call.operation(), "reset");
                return true;
            });
            throw new AnswerLostException(call.operation().method());
        }
        return locked(() -> counted(call, call.operation().refuse(fault.status(), fault.reason())));
    }

    private Response perform(Call call, boolean stale) {
        Response current = call.operation().perform();
        if (stale) {
            return staleAnswers.stale(call.request(), current);
        }
        staleAnswers.remember(call.request(), call.operation(), current);
        return current;
    }

    private Response counted(Call call, Response response) {
        counts.count(call.cloud().provider(), call.operation(), String.valueOf(response.status()));
        return response;
    }

    /** The whole world; see {@link WorldState}. */
    public ObjectNode state() {
        return locked(state::dump);
    }

    /** Replaces the whole world, or nothing: @throws IllegalArgumentException naming what is not understood. */
    public void load(ObjectNode whole) {
        locked(() -> {
            state.load(whole);
            return true;
        });
    }

    /** Whether a principal can read a resource now; {@code provider} is {@code gcp} or {@code aws}. */
    public SimulatedCloud.Verdict canRead(String provider, String principal, String resource) {
        return locked(() -> state.canRead(provider, principal, resource));
    }

    public List<CallCounts.Row> calls() {
        return locked(counts::rows);
    }

    public void resetCalls() {
        locked(() -> {
            counts.reset();
            return true;
        });
    }

    /** Adds faults behind those that are still pending. */
    public void inject(List<Fault> more) {
        locked(() -> {
            faults.add(more);
            return true;
        });
    }

    /** The world's clock; set and advance it freely. */
    public SimulatedClock clock() {
        return state.clock();
    }

    /** An empty world at the machine's time: no state, no pending faults, no counted calls. */
    public void reset() {
        locked(() -> {
            state.reset();
            faults.clear();
            counts.reset();
            staleAnswers.clear();
            return true;
        });
    }

    Faults faults() {
        return faults;
    }

    WorldState worldState() {
        return state;
    }

    <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } catch (IllegalArgumentException | AnswerLostException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the simulator failed", e);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private void pause(Duration duration) {
        if (duration.isZero()) {
            return;
        }
        try {
            options.pause().pause(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Call(Request request, SimulatedCloud cloud, Operation operation, Optional<Fault> fault) {}
}
