package org.physionet.provisioner.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.physionet.provisioner.app.cli.Invocation;
import org.physionet.provisioner.app.command.AccessCommand;
import org.physionet.provisioner.app.command.AdoptCommand;
import org.physionet.provisioner.app.command.ApplyCommand;
import org.physionet.provisioner.app.command.AuditCommand;
import org.physionet.provisioner.app.command.CanaryCommand;
import org.physionet.provisioner.app.command.DoctorCommand;
import org.physionet.provisioner.app.command.DriftCommand;
import org.physionet.provisioner.app.command.EligibilityCommand;
import org.physionet.provisioner.app.command.ExplainCommand;
import org.physionet.provisioner.app.command.GrantCommand;
import org.physionet.provisioner.app.command.GuardsCommand;
import org.physionet.provisioner.app.command.HoldsCommand;
import org.physionet.provisioner.app.command.IdentityCommand;
import org.physionet.provisioner.app.command.LayoutCommand;
import org.physionet.provisioner.app.command.MigrateCommand;
import org.physionet.provisioner.app.command.PauseCommand;
import org.physionet.provisioner.app.command.PlanCommand;
import org.physionet.provisioner.app.command.QuarantineCommand;
import org.physionet.provisioner.app.command.ResumeCommand;
import org.physionet.provisioner.app.command.RevokeCommand;
import org.physionet.provisioner.app.command.RunCommand;
import org.physionet.provisioner.app.command.RunsCommand;
import org.physionet.provisioner.app.command.SchemaCommand;
import org.physionet.provisioner.app.command.SimulateCommand;
import org.physionet.provisioner.app.command.StatusCommand;
import org.physionet.provisioner.app.demo.DemoCommand;
import org.physionet.provisioner.app.serve.ServeCommand;

/**
 * The table of commands. Only the command that is called is loaded, so that a start costs the same however many there are.
 */
enum CommandName {
    ELIGIBILITY(Group.DECIDE, "print who may read what, no cloud involved"),
    EXPLAIN(Group.DECIDE, "answer why, or why not, for one researcher and dataset"),
    PLAN(Group.CHANGE, "show what would change, why and what it costs; changes nothing"),
    APPLY(Group.CHANGE, "do exactly what a plan file says"),
    RUN(Group.CHANGE, "plan and apply under the guards, once; what a scheduler calls"),
    GRANT(Group.CHANGE, "let somebody in until a date, although a condition is unmet"),
    REVOKE(Group.CHANGE, "block a person, an identity or a dataset, at once"),
    HOLDS(Group.CHANGE, "list or lift blocks and exceptions"),
    GUARDS(Group.CHANGE, "list, show, release or defer what a guard holds"),
    PAUSE(Group.CHANGE, "let nothing move for a while: everywhere, at a provider, for a dataset"),
    RESUME(Group.CHANGE, "end a pause"),
    ADOPT(Group.CHANGE, "take what stands in the clouds into the record"),
    ACCESS(Group.RECORD, "list who can read what, now or at any past moment"),
    STATUS(Group.RECORD, "show what is open, overdue and held"),
    RUNS(Group.RECORD, "list past runs, or show one"),
    QUARANTINE(Group.RECORD, "list refused principals, or try them again"),
    DRIFT(Group.RECORD, "compare what should be with what the clouds have"),
    AUDIT(Group.RECORD, "read the ledger; hold cloud access logs against the record"),
    LAYOUT(Group.OPERATE, "show how full the layouts are; make one smaller"),
    CANARY(Group.OPERATE, "measure how long a grant and a revocation take"),
    IDENTITY(Group.OPERATE, "have somebody prove that a cloud account is theirs"),
    DEMO(Group.OPERATE, "from nothing to proven access, on simulated clouds"),
    DOCTOR(Group.OPERATE, "check everything and say what to fix"),
    SERVE(Group.OPERATE, "run on schedule, with health and metrics over HTTP"),
    SIMULATE(Group.OPERATE, "serve simulated clouds on a loopback port"),
    MIGRATE(Group.OPERATE, "bring the record's tables up to date, after a backup"),
    SCHEMA(Group.OPERATE, "print the JSON Schema of an output");

    /** How the list of commands is divided. */
    enum Group {
        DECIDE("Who may, and why"),
        CHANGE("Make it so"),
        RECORD("What was done"),
        OPERATE("Run the program");

        final String heading;

        Group(String heading) {
            this.heading = heading;
        }
    }

    final Group group;
    final String summary;

    CommandName(Group group, String summary) {
        this.group = group;
        this.summary = summary;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<CommandName> of(String text) {
        return Arrays.stream(values()).filter(c -> c.text().equals(text)).findFirst();
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(CommandName::text).toList();
    }

    /** A new command object, annotated for picocli. */
    Object create(Invocation invocation) {
        return switch (this) {
            case ELIGIBILITY -> new EligibilityCommand(invocation);
            case EXPLAIN -> new ExplainCommand(invocation);
            case PLAN -> new PlanCommand(invocation);
            case APPLY -> new ApplyCommand(invocation);
            case RUN -> new RunCommand(invocation);
            case GRANT -> new GrantCommand(invocation);
            case REVOKE -> new RevokeCommand(invocation);
            case HOLDS -> new HoldsCommand(invocation);
            case GUARDS -> new GuardsCommand(invocation);
            case PAUSE -> new PauseCommand(invocation);
            case RESUME -> new ResumeCommand(invocation);
            case ADOPT -> new AdoptCommand(invocation);
            case ACCESS -> new AccessCommand(invocation);
            case STATUS -> new StatusCommand(invocation);
            case RUNS -> new RunsCommand(invocation);
            case QUARANTINE -> new QuarantineCommand(invocation);
            case DRIFT -> new DriftCommand(invocation);
            case AUDIT -> new AuditCommand(invocation);
            case LAYOUT -> new LayoutCommand(invocation);
            case CANARY -> new CanaryCommand(invocation);
            case IDENTITY -> new IdentityCommand(invocation);
            case DEMO -> new DemoCommand(invocation, Main::execute);
            case DOCTOR -> new DoctorCommand(invocation);
            case SERVE -> new ServeCommand(invocation);
            case SIMULATE -> new SimulateCommand(invocation);
            case MIGRATE -> new MigrateCommand(invocation);
            case SCHEMA -> new SchemaCommand(invocation);
        };
    }
}
