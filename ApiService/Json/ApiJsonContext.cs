using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using TenantPlatform.ApiService.Access;
using TenantPlatform.ApiService.Authentication;
using TenantPlatform.ApiService.Identity;
using TenantPlatform.ApiService.Notifications;
using TenantPlatform.ApiService.Paging;
using TenantPlatform.ApiService.Platform;
using TenantPlatform.ApiService.Tenancy;
using TenantPlatform.ApiService.Todos;

namespace TenantPlatform.ApiService.Json;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SignUpRequest))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SessionResponse))]
[JsonSerializable(typeof(AcceptedResponse))]
[JsonSerializable(typeof(EmailRequest))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(ResetPasswordRequest))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(ChangeEmailRequest))]
[JsonSerializable(typeof(DeleteAccountRequest))]
[JsonSerializable(typeof(List<OwnedTenant>))]
[JsonSerializable(typeof(UpdateProfileRequest))]
[JsonSerializable(typeof(PreferencesRequest))]
[JsonSerializable(typeof(PreferencesResponse))]
[JsonSerializable(typeof(Page<OwnSessionResponse>))]
[JsonSerializable(typeof(CreateTenantRequest))]
[JsonSerializable(typeof(Page<TenantResponse>))]
[JsonSerializable(typeof(UpdateMemberRequest))]
[JsonSerializable(typeof(TransferOwnershipRequest))]
[JsonSerializable(typeof(Page<MemberResponse>))]
[JsonSerializable(typeof(CreateTeamRequest))]
[JsonSerializable(typeof(UpdateTeamRequest))]
[JsonSerializable(typeof(Page<TeamResponse>))]
[JsonSerializable(typeof(AddTeamMemberRequest))]
[JsonSerializable(typeof(UpdateTeamMemberRequest))]
[JsonSerializable(typeof(Page<TeamMemberResponse>))]
[JsonSerializable(typeof(UpdateTenantRequest))]
[JsonSerializable(typeof(RestoreTenantRequest))]
[JsonSerializable(typeof(TenantSettingsRequest))]
[JsonSerializable(typeof(TenantSettingsResponse))]
[JsonSerializable(typeof(CreateRoleRequest))]
[JsonSerializable(typeof(UpdateRoleRequest))]
[JsonSerializable(typeof(RolesResponse))]
[JsonSerializable(typeof(PermissionsResponse))]
[JsonSerializable(typeof(OwnPermissionsResponse))]
[JsonSerializable(typeof(AccessExplanation))]
[JsonSerializable(typeof(CreateTeamInvitationRequest))]
[JsonSerializable(typeof(Page<TeamInvitationResponse>))]
[JsonSerializable(typeof(CreateInvitationRequest))]
[JsonSerializable(typeof(CreateInvitationsRequest))]
[JsonSerializable(typeof(CreatedInvitationsResponse))]
[JsonSerializable(typeof(Page<InvitationResponse>))]
[JsonSerializable(typeof(InvitationTokenRequest))]
[JsonSerializable(typeof(InvitationOfferResponse))]
[JsonSerializable(typeof(AcceptedInvitationResponse))]
[JsonSerializable(typeof(CreateTodoRequest))]
[JsonSerializable(typeof(CreateTodosRequest))]
[JsonSerializable(typeof(UpdateTodoRequest))]
[JsonSerializable(typeof(CreatedTodosResponse))]
[JsonSerializable(typeof(Page<TodoResponse>))]
[JsonSerializable(typeof(ReasonRequest))]
[JsonSerializable(typeof(LimitedTimeRequest))]
[JsonSerializable(typeof(TenantEntryResponse))]
[JsonSerializable(typeof(Page<PlatformTenantResponse>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(DevelopmentMessage[]))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
