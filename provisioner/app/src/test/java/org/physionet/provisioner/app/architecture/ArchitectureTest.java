package org.physionet.provisioner.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.app.architecture.Program.in;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program keeps the rules of its design, and each rule can be broken. */
class ArchitectureTest {
    /** The rules, by the sentence that each states. */
    private static final Map<String, ArchRule> RULES = new LinkedHashMap<>();

    /** For each rule a class of the test folder that breaks it. */
    private static final Map<String, String> MISTAKES = new LinkedHashMap<>();

    static {
        rule(
                "the engine uses the JDK, JSpecify and RoaringBitmap only",
                Rules.theEngineUsesTheJdkJspecifyAndRoaringBitmap(),
                "engine.mistakes.UsesALibrary");
        rule("the engine does no input or output", Rules.theEngineDoesNoInputOrOutput(), "engine.mistakes.OpensAFile");
        rule(
                "the engine has no clock, sleep, randomness or ids of its own",
                Rules.theEngineHasNoClockSleepRandomnessOrIdsOfItsOwn(),
                "engine.mistakes.Sleeps");
        rule("the clock is read only in the app", Rules.theClockIsReadOnlyInTheApp(), "store.mistakes.ReadsTheClock");
        rule("nobody but the app sleeps", Rules.nobodyButTheAppSleeps(), "adapters.first.mistakes.WaitsByItself");
        rule(
                "adapters use the engine and not each other",
                Rules.adaptersUseTheEngineAndNotEachOther(),
                "adapters.first.mistakes.UsesTheSecond");
        rule("sources use the engine only", Rules.sourcesUseTheEngine(), "sources.mistakes.UsesTheStore");
        rule("the store uses the engine only", Rules.theStoreUsesTheEngine(), "store.mistakes.UsesASource");
        rule("the audit uses the engine only", Rules.theAuditUsesTheEngine(), "audit.mistakes.UsesTheStore");
        rule(
                "the simulator knows nothing of the program",
                Rules.theSimulatorKnowsNothingOfTheProgram(),
                "simulator.mistakes.UsesTheEngine");
        rule(
                "nobody asks the driver manager",
                Rules.nobodyAsksTheDriverManager(),
                "store.mistakes.AsksTheDriverManager");
        rule("the app names no adapter", Rules.theAppNamesNoAdapter(), "app.mistakes.NamesAnAdapter");
        rule(
                "nobody but the app prints, or logs otherwise than through SLF4J",
                Rules.nobodyButTheAppPrintsOrLogsOtherwiseThanThroughSlf4j(),
                "store.mistakes.Prints");
        rule(
                "nobody decides which certificates are trusted",
                Rules.nobodyDecidesWhichCertificatesAreTrusted(),
                "store.mistakes.TrustsEverybody");
        rule("names say what a thing is about", Rules.namesSayWhatAThingIsAbout(), "engine.mistakes.AccessManager");
        rule(
                "every package is described and null-marked",
                Rules.everyPackageIsDescribedAndNullMarked(),
                "app.mistakes.UndescribedPackage");
    }

    private static void rule(String sentence, ArchRule rule, String mistake) {
        RULES.put(sentence, rule);
        MISTAKES.put(sentence, Program.ROOT + "." + mistake);
    }

    @TestFactory
    Stream<DynamicTest> theProgramKeepsTheRuleThat() {
        return RULES.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(
                        rule.getKey(), () -> rule.getValue().check(Program.mainClasses())));
    }

    @TestFactory
    Stream<DynamicTest> aMistakeIsFoundByTheRuleThat() {
        return RULES.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> {
                    JavaClasses mistake =
                            new ClassFileImporter().importClasses(Class.forName(MISTAKES.get(rule.getKey())));
                    assertThat(rule.getValue().evaluate(mistake).hasViolation()).isTrue();
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine", "store", "sources", "audit", "adapters.gcp", "adapters.aws", "simulator", "app"})
    void everyPartOfTheProgramIsLookedAt(String part) {
        assertThat(Program.mainClasses().that(JavaClass.Predicates.resideInAPackage(in(part))))
                .isNotEmpty();
    }

    @Test
    void mistakesAreNoPartOfTheProgram() {
        assertThat(Program.mainClasses().that(JavaClass.Predicates.resideInAPackage("..mistakes..")))
                .isEmpty();
    }
}
