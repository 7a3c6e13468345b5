// What was done: runs and edits.
#include "storage/queries.h"

namespace convene::storage {

RunId begin_run(Connection& connection, CohortId cohort, RunRecord run) {
    const Rows cohorts =
        connection.select({"cohort_id"}, "FROM cohorts WHERE cohort_id = :cohort", {{"cohort", cohort}});
    if (cohorts.empty()) return {};
    run.status = kRunning;
    run.finished_at = run.started_at;
    return write_run(connection, cohort, run);
}

void finish_run(Connection& connection, const RunRecord& run) {
    connection.execute(
        "UPDATE convene_runs SET options = :options, result = :result, status = :status, finished_at = "
        ":finished "
        "WHERE run_id = :run AND status = :running",
        {{"options", run.options},
         {"result", run.result},
         {"status", run.status},
         {"finished", run.finished_at},
         {"run", run.run_id},
         {"running", kRunning}});
}

void forget_run(Connection& connection, RunId run) {
    connection.execute("DELETE FROM convene_runs WHERE run_id = :run AND status = :running",
                       {{"run", run}, {"running", kRunning}});
}

RunId write_run(Connection& connection, CohortId cohort, const RunRecord& run) {
    if (run.run_id.value != 0) {
        finish_run(connection, run);
        return run.run_id;
    }
    return RunId{connection.insert(
        "INSERT INTO convene_runs (cohort_id, job_id, kind, options, result, status, started_at, "
        "finished_at) "
        "VALUES (:cohort, :job, :kind, :options, :result, :status, :started, :finished) RETURNING run_id",
        {{"cohort", cohort},
         {"job", run.job_id},
         {"kind", run.kind},
         {"options", run.options},
         {"result", run.result},
         {"status", run.status},
         {"started", run.started_at},
         {"finished", run.finished_at}})};
}

EditId write_edit(Connection& connection, CohortId cohort, const EditRecord& edit) {
    return EditId{
        connection.insert("INSERT INTO convene_edits (cohort_id, command, detail, inverse, violations, "
                          "forced, author, made_at, "
                          "undoes) VALUES (:cohort, :command, :detail, :inverse, :violations, :forced, "
                          ":author, :made, :undoes) "
                          "RETURNING edit_id",
                          {{"cohort", cohort},
                           {"command", edit.command},
                           {"detail", edit.detail},
                           {"inverse", edit.inverse},
                           {"violations", edit.violations},
                           {"forced", edit.forced},
                           {"author", edit.author},
                           {"made", edit.made_at},
                           {"undoes", edit.undoes}})};
}

std::vector<StoredRun> select_runs(Connection& connection, CohortId cohort) {
    const Rows rows = connection.select(
        {"run_id", "job_id", "kind", "options", "result", "status", "started_at", "finished_at"},
        "FROM convene_runs WHERE cohort_id = :cohort ORDER BY run_id DESC", {{"cohort", cohort}});
    std::vector<StoredRun> runs;
    for (const Row& row : rows) {
        StoredRun stored;
        stored.run_id = row.id<RunId>("run_id");
        stored.cohort_id = cohort;
        stored.run = {row.text("job_id"),         row.text("kind"),   row.text("options"),
                      row.text("result"),         row.text("status"), row.instant("started_at"),
                      row.instant("finished_at"), stored.run_id};
        runs.push_back(std::move(stored));
    }
    return runs;
}

std::vector<StoredEdit> select_edits(Connection& connection, CohortId cohort) {
    const Rows rows = connection.select(
        {"e.edit_id", "e.command", "e.detail", "e.inverse", "e.violations", "e.forced", "e.author",
         "e.made_at", "e.undoes",
         "(SELECT min(later.edit_id) FROM convene_edits later WHERE later.undoes = e.edit_id) AS undone_by"},
        "FROM convene_edits e WHERE e.cohort_id = :cohort ORDER BY e.edit_id DESC", {{"cohort", cohort}});
    std::vector<StoredEdit> edits;
    for (const Row& row : rows) {
        StoredEdit stored;
        stored.edit_id = row.id<EditId>("edit_id");
        stored.cohort_id = cohort;
        stored.edit = {row.text("command"),
                       row.text("detail"),
                       row.text("inverse"),
                       row.text("violations"),
                       row.boolean_or("forced", false),
                       row.text("author"),
                       row.instant("made_at"),
                       std::nullopt};
        if (!row.is_null("undoes")) stored.edit.undoes = row.id<EditId>("undoes");
        stored.undone = !row.is_null("undone_by");
        edits.push_back(std::move(stored));
    }
    return edits;
}

}  // namespace convene::storage
