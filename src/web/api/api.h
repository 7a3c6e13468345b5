// src/web/api/api.h: the handlers of the API, one file per subject.
//
// openapi.json beside this file describes what they take and give.
#pragma once
#include "web/backstage.h"
#include "web/router.h"

namespace convene::web {

void add_session_routes(Router& router, Backstage& stage);
void add_cohort_routes(Router& router, Backstage& stage);
void add_people_routes(Router& router, Backstage& stage);
void add_edit_routes(Router& router, Backstage& stage);
void add_plan_routes(Router& router, Backstage& stage);
void add_realization_routes(Router& router, Backstage& stage);
void add_job_routes(Router& router, Backstage& stage);

}  // namespace convene::web
