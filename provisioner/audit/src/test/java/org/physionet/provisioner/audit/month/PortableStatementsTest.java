package org.physionet.provisioner.audit.month;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trino.sql.parser.ParsingException;
import io.trino.sql.parser.SqlParser;
import io.trino.sql.tree.Cast;
import io.trino.sql.tree.DefaultTraversalVisitor;
import io.trino.sql.tree.ExistsPredicate;
import io.trino.sql.tree.FunctionCall;
import io.trino.sql.tree.SubqueryExpression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.Analysis;
import org.physionet.provisioner.audit.review.Code;
import org.physionet.provisioner.audit.review.Finding;
import org.physionet.provisioner.engine.adapter.SqlEngine;

/** The analysis statements stay in the SQL that all engines share; that they mean the same there is shown by scripts/portable. */
class PortableStatementsTest {
    /** In the reference of each: DuckDB, GoogleSQL, Trino; with the same meaning. */
    private static final Set<String> SHARED = Set.of(
            "coalesce",
            "count",
            "reverse",
            "substr",
            "length",
            "lower",
            "max",
            "min",
            "mod",
            "regexp_extract",
            "regexp_replace",
            "row_number",
            "starts_with",
            "strpos",
            "sum");

    private static final List<String> STATEMENTS = new ArrayList<>();
    private static final List<Month.Answers> ANSWERS = new ArrayList<>();

    /** Asks DuckDB, and writes down what it is asked. */
    @BeforeAll
    static void ask(@TempDir Path folder) {
        Month month = Month.of(7, 40);
        try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
            month.into(accesses);
            ANSWERS.add(month.ask(new Analysis(new Recording(accesses.engine(), STATEMENTS), "access")));
        }
    }

    @Test
    void everyKindOfFindingIsInTheMonthSoThatEveryStatementIsAsked() {
        Set<Code> told = EnumSet.noneOf(Code.class);
        Month.Answers answers = ANSWERS.getFirst();
        answers.findings().stream().map(Finding::code).forEach(told::add);
        // What the logs tell of changes and journeys is judged outside of the engine; the statements are asked all the
        // same.
        told.addAll(EnumSet.of(Code.IMPROBABLE_PLACE, Code.UNRECORDED_WRITE, Code.UNCONFIRMED_WRITE, Code.LOGGING_OFF));
        assertThat(told).containsExactlyInAnyOrder(Code.values());
        assertThat(answers.readers()).isNotEmpty();
    }

    @Test
    void trinosParserUnderstandsThemAllAndTheyUseNothingThatAnotherEngineLacks() {
        assertThat(STATEMENTS).hasSizeGreaterThan(20);
        assertThat(STATEMENTS.stream().flatMap(each -> outside(each).stream())).isEmpty();
    }

    @Test
    void aStatementOutsideTheSubsetIsSeen() {
        assertThat(outside("select any_value(x), concat(a, b), sum(y) filter (where z) from t"))
                .containsExactly("any_value", "concat", "filter");
        assertThat(outside("select cast(x as varchar) from t where exists (select 1 from u where u.a = t.a)"))
                .containsExactly("correlated or nested query as a value", "type varchar");
        assertThatThrownBy(() -> outside("select x::date from t")).isInstanceOf(ParsingException.class);
        assertThatThrownBy(() -> outside("select a, count(*) from t group by all qualify 1 = 1"))
                .isInstanceOf(ParsingException.class);
    }

    private static Set<String> outside(String statement) {
        Set<String> outside = new TreeSet<>();
        new DefaultTraversalVisitor<Set<String>>() {
            @Override
            protected Void visitFunctionCall(FunctionCall call, Set<String> found) {
                String name = call.getName().toString().toLowerCase(Locale.ROOT);
                // What stands between two texts as || is the parser's concat; the function treats null differently here
                // and there.
                boolean joined = name.equals("concat") && !statement.contains("concat(");
                if (!SHARED.contains(name) && !joined) {
                    found.add(name);
                }
                if (call.getFilter().isPresent()) {
                    found.add("filter");
                }
                return super.visitFunctionCall(call, found);
            }

            @Override
            protected Void visitCast(Cast cast, Set<String> found) {
                found.add("type " + cast.getType());
                return super.visitCast(cast, found);
            }

            @Override
            protected Void visitExists(ExistsPredicate exists, Set<String> found) {
                found.add("correlated or nested query as a value");
                return super.visitExists(exists, found);
            }

            @Override
            protected Void visitSubqueryExpression(SubqueryExpression query, Set<String> found) {
                found.add("correlated or nested query as a value");
                return super.visitSubqueryExpression(query, found);
            }
        }.process(new SqlParser().createStatement(statement), outside);
        return outside;
    }

    private record Recording(SqlEngine real, List<String> statements) implements SqlEngine {
        @Override
        public String table(String name) {
            return real.table(name);
        }

        @Override
        public String foreign(String path) {
            return real.foreign(path);
        }

        @Override
        public String micros(String timestamp) {
            return real.micros(timestamp);
        }

        @Override
        public String timestamp(long micros) {
            return real.timestamp(micros);
        }

        @Override
        public String fingerprint(String text) {
            return real.fingerprint(text);
        }

        @Override
        public String ordinal(String micros, String text) {
            return real.ordinal(micros, text);
        }

        @Override
        public void load(String name, List<Column> columns, Iterable<List<@Nullable Object>> rows)
                throws java.io.IOException {
            real.load(name, columns, rows);
        }

        @Override
        public void keep(String name, String select) throws java.io.IOException {
            statements.add(plain(select));
            real.keep(name, select);
        }

        @Override
        public void each(String select, Consumer<List<@Nullable String>> rows) throws java.io.IOException {
            statements.add(plain(select));
            real.each(select, rows);
        }

        /** Without the words of which each engine has its own. */
        private String plain(String select) {
            return select.replace(real.ordinal(real.micros("a.moment"), "a.log || ' ' || a.id"), "a.id")
                    .replace(real.fingerprint("a.bucket || '/' || coalesce(a.key, '')"), "a.key")
                    .replace(real.fingerprint("a.detail"), "a.detail")
                    .replace(real.micros("a.moment"), "a.moment");
        }

        @Override
        public void close() {}
    }
}
