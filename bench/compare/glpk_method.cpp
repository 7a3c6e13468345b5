// GLPK on the compact model, O1 only: the engine and the objective of the extension by BlueDot.
#include <glpk.h>

#include <algorithm>
#include <cmath>

#include "bench/compare/method.h"
#include "core/solve/program.h"

namespace convene::bench {
namespace {

struct Watched {
    const Stopwatch& watch;
    double limit_s;
};

void stop_in_time(glp_tree* tree, void* info) {
    const auto* watched = static_cast<const Watched*>(info);
    if (watched->watch.cpu_s() > watched->limit_s) glp_ios_terminate(tree);
}

void set_row(glp_prob* lp, int number, const Program::Row& row) {
    const bool low = row.low > -1e29;
    const bool high = row.high < 1e29;
    const int kind = !low && !high         ? GLP_FR
                     : !high               ? GLP_LO
                     : !low                ? GLP_UP
                     : row.low == row.high ? GLP_FX
                                           : GLP_DB;
    glp_set_row_bnds(lp, number, kind, row.low, row.high);
    std::vector<int> index{0};
    std::vector<double> values{0};
    for (const auto& [column, value] : row.terms) {
        index.push_back(column + 1);
        values.push_back(value);
    }
    glp_set_mat_row(lp, number, static_cast<int>(row.terms.size()), index.data(), values.data());
}

}  // namespace

Answer run_glpk(const Problem& problem, double limit_s) {
    const Stopwatch watch;
    const Instance instance = compile(problem);
    const Program program = make_program(instance);
    glp_term_out(GLP_OFF);
    glp_prob* lp = glp_create_prob();
    glp_set_obj_dir(lp, GLP_MAX);
    glp_add_cols(lp, static_cast<int>(program.columns.size()));
    glp_add_rows(lp, static_cast<int>(program.rows.size()));
    for (std::size_t j = 0; j < program.columns.size(); ++j) {
        const int column = static_cast<int>(j) + 1;
        const double upper = program.columns[j].upper;
        glp_set_col_kind(lp, column, GLP_IV);
        glp_set_col_bnds(lp, column, upper > 0 ? GLP_DB : GLP_FX, 0, upper);
        glp_set_obj_coef(lp, column, program.columns[j].people);
    }
    for (std::size_t r = 0; r < program.rows.size(); ++r)
        set_row(lp, static_cast<int>(r) + 1, program.rows[r]);
    Watched watched{watch, limit_s};
    glp_iocp settings;
    glp_init_iocp(&settings);
    settings.presolve = GLP_ON;
    settings.gmi_cuts = settings.mir_cuts = settings.cov_cuts = settings.clq_cuts = GLP_ON;
    settings.cb_func = stop_in_time;
    settings.cb_info = &watched;
    glp_intopt(lp, &settings);
    const int status = glp_mip_status(lp);
    Answer answer;
    answer.status = status == GLP_OPT ? "optimal" : status == GLP_FEAS ? "feasible" : "none";
    if (answer.status != "none") {
        for (std::size_t j = 0; j < program.columns.size(); ++j) {
            const int value = static_cast<int>(std::lround(glp_mip_col_val(lp, static_cast<int>(j) + 1)));
            answer.best.placed += program.columns[j].people * value;
            answer.best.if_needed += program.columns[j].cost * value;
        }
        if (status == GLP_OPT) answer.bound = Objective{answer.best.placed, 0};
    }
    glp_delete_prob(lp);
    answer.moments.push_back({watch.wall_s(), watch.cpu_s(), answer.best, answer.bound});
    return answer;
}

}  // namespace convene::bench
